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
  /// Used with a FIFO topic: those of one group keep their order, and one that is told again is
  /// recognised.
  std::string group, deduplication_id;
};

struct SnsOutcome {
  enum class Result {
    published,
    failed,             ///< nothing is wrong with the message: it may go better another time
    permanent_failure,  ///< this message will never be taken
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

/// The region that the topic's name says; empty where it is no name of an SNS topic.
std::string region_of_topic(std::string_view topic_arn);

/// `https://sns.<region>.amazonaws.com`, or what AWS_ENDPOINT_URL_SNS or AWS_ENDPOINT_URL says,
/// with its path. Throws domain::Error where that is no address, or has a query.
outgoing::Url sns_endpoint(const std::string& region, const Variables& variables);

/// Publishes to one topic of Amazon SNS, by its query API. For one thread, but for stop().
class Sns {
 public:
  static constexpr std::size_t max_at_once = 10;
  /// Of the messages of one request, their subjects and attributes included.
  static constexpr std::size_t max_bytes = 256 * 1024;

  Sns(SnsOptions options, CredentialChain& credentials, domain::Clock now);

  /// One outcome for each of at most `max_at_once` messages, in their order. Takes as many
  /// requests as their size asks for, and ends by the deadline: the rest has failed then.
  std::vector<SnsOutcome> publish(std::span<const SnsMessage> messages,
                                  Deadline deadline = Deadline::max());

  /// From any thread: the request under way ends soon, later ones at once. The credentials' source
  /// is stopped, too.
  void stop();

 private:
  std::vector<SnsOutcome> publish_batch(std::span<const SnsMessage> messages, Deadline deadline);
  SnsOutcome publish_one(const SnsMessage& message, Deadline deadline);
  /// What the service answered, or why it did not.
  struct Answer {
    int status = 0;
    std::string body;
    std::string error;  ///< empty where it answered
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
