#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/credentials.h"
#include "aws/signature.h"
#include "domain/clock.h"
#include "outgoing/client.h"

namespace hss::aws {

struct SnsMessage {
  std::string subject;
  std::string text;
  Pairs attributes;  ///< each a string
  /// Used with a FIFO topic: messages of one group keep their order, and a repetition is
  /// recognised.
  std::string group, deduplication_id;
};

struct SnsOutcome {
  enum class Result {
    published,
    failed,             ///< the message is valid: a later try may succeed
    permanent_failure,  ///< no later try will succeed
  };
  Result result = Result::failed;
  int status = 0;     ///< of the answer; 0: there was none
  std::string error;  ///< in a sentence
};

struct SnsOptions {
  std::string topic_arn;
  std::string region;
  outgoing::Url endpoint;
  outgoing::ClientOptions client;
};

/// The region in the topic's name; empty if the name is not that of an SNS topic.
std::string region_of_topic(std::string_view topic_arn);

/// Publishes to one topic of Amazon SNS, by its query API. Used by one thread, except for stop().
class Sns {
 public:
  static constexpr std::size_t max_at_once = 10;
  /// The maximum for the messages of one request, their subjects and attributes included.
  static constexpr std::size_t max_bytes = 256 * 1024;

  Sns(SnsOptions options, CredentialChain& credentials, domain::Clock now);

  /// Returns one outcome for each of at most `max_at_once` messages, in their order. Sends as many
  /// requests as their size needs, and returns by the deadline: messages left over then have
  /// failed.
  std::vector<SnsOutcome> publish(std::span<const SnsMessage> messages,
                                  Deadline deadline = Deadline::max());

  /// Called from any thread: the request under way ends soon, later ones at once. Stops the
  /// credentials' source, too.
  void stop();

 private:
  std::vector<SnsOutcome> publish_batch(std::span<const SnsMessage> messages, Deadline deadline);
  SnsOutcome publish_one(const SnsMessage& message, Deadline deadline);
  /// The service's answer, or the reason for none.
  struct Answer {
    int status = 0;
    std::string body;
    std::string error;  ///< empty if it answered
  };
  Answer call(const Pairs& form, Deadline deadline);
  SnsOutcome judge(const Answer& answer);

  const SnsOptions options_;
  const bool is_fifo_;
  CredentialChain& credentials_;
  const domain::Clock now_;
  outgoing::Client client_;
};

}  // namespace hss::aws
