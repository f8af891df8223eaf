#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "domain/events/outbox.h"

namespace hss::domain {

/// How the delivery of one event went.
struct DeliveryResult {
  enum class Result {
    delivered,
    failed,  ///< may go better another time: no answer, a server's error, throttling, no right
    permanent_failure,  ///< this message will never be taken
  };

  Result result = Result::failed;
  int status_code = 0;  ///< of the answer; 0: there was none
  std::string error;    ///< in a sentence, without a library's text or a secret
  std::chrono::milliseconds took{};
  std::chrono::seconds retry_after{};  ///< as the other side asked where it failed; 0: it did not
};

/// By when something must have ended.
using Deadline = std::chrono::steady_clock::time_point;
inline constexpr Deadline no_deadline = Deadline::max();

/// Delivers events to one target: a topic, a webhook. Used by one thread, but for stop().
class Publisher {
 public:
  virtual ~Publisher() = default;

  /// How many events it takes at once.
  virtual std::size_t max_at_once() const { return 1; }

  /// One for each event, in their order. Returns within its time-outs and by the deadline, whatever
  /// the other side does, and throws nothing for what the other side does. What there was no time
  /// for has failed.
  virtual std::vector<DeliveryResult> publish(std::span<const OutboxEvent> events,
                                              Deadline deadline) = 0;

  /// From any thread: a call under way returns soon.
  virtual void stop() = 0;
};

}  // namespace hss::domain
