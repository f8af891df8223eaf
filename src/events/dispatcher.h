#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "domain/clock.h"
#include "domain/events/publisher.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::events {

struct DispatcherOptions {
  std::string target;      ///< an outbox target that is there already
  bool keeps_log = false;  ///< whether deliveries that went well are kept, too
  std::chrono::hours log_lasts = domain::delivery_log_lasts;
  /// Failures of one event, each with others that went through since the one before, until it is
  /// set aside.
  int max_tries = 12;
  std::chrono::milliseconds first_pause{500};  ///< after a failure; doubles
  /// Also how long one that can never go well may hold up what happens next.
  std::chrono::milliseconds max_pause{10'000};
  /// Of one event, while others go through; also the most that a target is left alone because it
  /// asks for that.
  std::chrono::seconds max_wait{3600};
};

/// Tells a target every event, at least once, those of one booking in their order, across restarts:
/// how far it has come is written down with each answer. One event that fails does not hold up
/// those of other bookings; a target that is away is asked again with growing, jittered pauses.
/// One that says when to come back (DeliveryResult::retry_after) hears nothing until then.
/// Thread-safe.
class Dispatcher {
 public:
  /// `report` is told when the target stops and starts hearing, and of events set aside.
  Dispatcher(domain::Store& store, domain::Publisher& publisher, domain::Clock now,
             domain::RandomBytes random, std::function<void(const std::string&)> report,
             DispatcherOptions options);
  /// Stops.
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Goes on by itself from now on, in a thread of its own, until the target is deleted.
  void start();
  /// A call under way is ended; what it is not known to have told counts as not told.
  void stop();

  /// One batch, in the caller's thread, where start() was not called. What there is no time for
  /// until the deadline has failed, and is tried again. What is left to do by now:
  enum class Outcome {
    nothing_due,
    went_well,
    failed,  ///< at least one event
  };
  Outcome deliver(domain::Deadline deadline = domain::no_deadline);

 private:
  void run();
  void pause(std::chrono::milliseconds at_most);
  void leave_alone(const std::vector<domain::DeliveryResult>& results);
  bool is_left_alone();
  std::chrono::milliseconds jittered(std::chrono::milliseconds time);
  void commit_batch();
  bool is_beyond_any_wait(const std::string& time) const;
  domain::Delivery judge(const domain::Delivery& due, const domain::DeliveryResult& result,
                         bool others_went_well);
  bool was_away() const;
  bool is_stopping();
  void announce_change(bool is_failing, const std::string& error);

  domain::Store& store_;
  domain::Publisher& publisher_;
  const domain::Clock now_;
  const domain::RandomBytes random_;
  const std::function<void(const std::string&)> report_;
  const DispatcherOptions options_;
  int failures_in_a_row_ = 0;    ///< of batches in which nothing went well
  std::string last_success_at_;  ///< RFC 3339; of this run; by a clock that may be set back
  std::string next_try_at_;
  std::chrono::steady_clock::time_point left_alone_until_;
  /// What is known to have become of the last batch and could not be written down yet.
  std::optional<domain::BatchResult> unsettled_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_change_ = false;
  bool stopping_ = false;
  std::unique_ptr<domain::Subscription> watch_;
  std::thread thread_;
};

}  // namespace hss::events
