#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "domain/events/outbox.h"

namespace hss::domain {

/// The result of delivering one event.
struct DeliveryResult {
  enum class Result {
    delivered,
    failed,  ///< a later try may succeed: no answer, a server's error, throttling, missing rights
    permanent_failure,  ///< no later try will succeed
  };

  Result result = Result::failed;
  int status_code = 0;  ///< of the answer; 0: there was none
  std::string error;    ///< in a sentence, without a library's text or a secret
  std::chrono::milliseconds took{};
  std::chrono::seconds retry_after{};  ///< as the target asked when it failed; 0: it did not
};

/// The time by which something must have ended.
using Deadline = std::chrono::steady_clock::time_point;
inline constexpr Deadline no_deadline = Deadline::max();

/// Delivers events to one target: a topic, a webhook. Used by one thread, except for stop().
class Publisher {
 public:
  virtual ~Publisher() = default;

  /// The maximum number of events in one call.
  virtual std::size_t max_at_once() const { return 1; }

  /// Returns one result for each event, in their order, within its time-outs and by the deadline,
  /// whatever the target does, and throws nothing for the target's failures. Events that the
  /// deadline left no time for have failed.
  virtual std::vector<DeliveryResult> publish(std::span<const OutboxEvent> events,
                                              Deadline deadline) = 0;

  /// Makes a call under way return soon. May be called from any thread.
  virtual void stop() = 0;
};

}  // namespace hss::domain
