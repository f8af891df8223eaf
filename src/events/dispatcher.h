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
#include "domain/events/lease.h"
#include "domain/events/publisher.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::events {

struct DispatcherOptions {
  std::string target;      ///< an existing outbox target
  bool keeps_log = false;  ///< true if successful deliveries are kept, too
  std::chrono::hours log_lasts = domain::delivery_log_lasts;
  /// An event is dead-lettered after this many failures, if other events went through between them.
  int max_tries = 12;
  std::chrono::milliseconds first_pause{500};  ///< after a failure; doubles
  /// Also the longest time for which one failing event may delay the next.
  std::chrono::milliseconds max_pause{10'000};
  /// The limit for one event while others go through; also for a pause that the target asks for.
  std::chrono::seconds max_wait{3600};
};

/// Delivers every event to a target at least once, in order within a booking, also across restarts:
/// the position is stored with each answer. An event that fails does not delay those of other
/// bookings; an unreachable target is tried again with growing, jittered pauses. A target that
/// names a time (DeliveryResult::retry_after) is not called before it. Of several instances on one
/// database, the one that has the target's lease delivers. Thread-safe.
class Dispatcher {
 public:
  /// `report` receives a line when the target stops and starts answering, and for each
  /// dead-lettered event.
  Dispatcher(domain::Store& store, domain::Publisher& publisher, domain::Clock now,
             domain::RandomBytes random, std::function<void(const std::string&)> report,
             DispatcherOptions options);
  /// Stops.
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Runs in a thread of its own from now on, until the target is deleted.
  void start();
  /// Aborts a call under way; events without an answer count as not delivered.
  void stop();

  /// Delivers one batch in the caller's thread, if start() was not called. Events that the deadline
  /// leaves no time for have failed, and are tried again. The outcome:
  enum class Outcome {
    nothing_due,  ///< or another instance delivers
    went_well,
    failed,  ///< at least one event
  };
  Outcome deliver(domain::Deadline deadline = domain::no_deadline);

 private:
  void run();
  void wake();
  void pause(std::chrono::milliseconds at_most);
  void leave_alone(const std::vector<domain::DeliveryResult>& results);
  bool is_left_alone();
  std::chrono::milliseconds jittered(std::chrono::milliseconds time);
  bool commit_batch();
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
  int failures_in_a_row_ = 0;    ///< of batches without a success
  std::string last_success_at_;  ///< RFC 3339; in this run; by a clock that may be set back
  std::string next_try_at_;
  std::chrono::steady_clock::time_point left_alone_until_;
  /// The result of the last batch while it could not be stored.
  std::optional<domain::BatchResult> unsettled_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_change_ = false;
  bool stopping_ = false;
  std::unique_ptr<domain::Subscription> watch_;
  std::unique_ptr<domain::Lease> lease_;  ///< none once the thread has ended
  std::thread thread_;
};

}  // namespace hss::events
