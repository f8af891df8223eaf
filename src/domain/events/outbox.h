#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/page.h"

namespace hss::domain {

/// The audit trail is the outbox: events of these types are delivered to targets once they are
/// committed (API.md, "Events"), in the order of their ids.
inline constexpr std::array<std::string_view, 8> published_event_types{
    "booking_submitted", "status_updated", "payment_captured",   "notification",
    "booking_changed",   "failed_trip",    "failed_trip_undone", "booking_claimed"};

/// How long a target's log keeps successful deliveries.
inline constexpr std::chrono::hours delivery_log_lasts{24 * 7};

struct OutboxEvent {
  std::int64_t id = 0;  ///< its place in the audit trail
  std::string type;
  std::optional<std::string> booking_id;
  std::string payload;  ///< a JSON object
  std::string occurred_at;
  std::optional<std::string> owner;  ///< the account whose booking it is about
  /// Hexadecimal; the beginning of its hash in the audit trail. After a backup is restored, another
  /// event may get the same id but has another fingerprint.
  std::string fingerprint{};
};

enum class DeliveryState {
  waiting,        ///< failed, or waits behind a failed one of its booking; tried again
  dead_lettered,  ///< not tried again unless somebody asks for it
  delivered,      ///< kept for a while, if the target keeps a log
};

std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> find_delivery_state(std::string_view text);

/// The stored delivery of an event to a target. One that succeeds at once is stored only if the
/// target keeps a log.
struct Delivery {
  std::string target;
  OutboxEvent event;
  DeliveryState state = DeliveryState::waiting;
  int tries = 0;
  std::string next_try_at;      ///< RFC 3339; if it waits
  std::string first_failed_at;  ///< RFC 3339; empty: it has not failed
  int status_code = 0;          ///< of the last answer; 0: there was none
  std::string error;            ///< of the last try, in a sentence; empty: it succeeded
  std::int64_t took_ms = 0;     ///< of the last try
  std::string updated_at;
};

/// The next events for a target.
struct OutboxBatch {
  /// The longest due come first, then by id; no two are of one booking.
  std::vector<Delivery> due;
  /// Skipped: these wait until an earlier event of their booking is delivered.
  std::vector<OutboxEvent> held;
  /// The target's position in the trail once these are committed.
  std::int64_t position = 0;
  bool is_worth_committing = false;  ///< also if nothing is due: the position has moved far
  /// The due times of the next and the last waiting event; empty: none waits.
  std::string next_try_at, last_try_at;
};

/// The order of a target's events: failed ones first, or new ones first.
enum class BatchOrder { waiting_first, new_first };

/// The result of delivering a batch.
struct BatchResult {
  std::vector<Delivery> done;  ///< the due ones in their new state
  std::vector<OutboxEvent> held;
  std::int64_t position = 0;
  bool keeps_log = false;             ///< whether successful deliveries are kept
  bool is_back = false;               ///< reachable again: all that waits is due now
  std::string now;                    ///< RFC 3339
  std::string keep_log_from;          ///< RFC 3339; earlier successful deliveries are deleted
  std::int64_t keep_log_of = 20'000;  ///< events of the trail that the log covers
  std::string leader{};               ///< of the lease under which it was delivered (lease.h)
};

/// A receiver of events.
struct OutboxTarget {
  std::string name;  ///< `sns`, or a webhook's id
  std::int64_t position = 0;
  std::int64_t backlog = 0;                    ///< still to be delivered, including those that wait
  std::int64_t dead_lettered = 0;              ///< failed for good, or too often
  std::optional<std::string> oldest;           ///< time of the first event in the backlog
  std::string last_error;                      ///< empty: none since it was added or restarted
  std::string last_error_at, last_success_at;  ///< RFC 3339; empty: never
};

/// The published events, and their deliveries to each target.
class OutboxReader {
 public:
  virtual ~OutboxReader() = default;

  /// Lists the published events after `id`, in the order of their ids.
  virtual std::vector<OutboxEvent> list_after(std::int64_t id, int limit) = 0;
  /// Lists those about bookings of the account `owner`, or about no booking. The cost grows with
  /// the number of these, not with the length of the trail.
  virtual std::vector<OutboxEvent> list_own_after(std::string_view owner, std::int64_t id,
                                                  int limit) = 0;
  /// Returns the id of the audit trail's last event; 0 if it is empty.
  virtual std::int64_t last_event_id() = 0;
  /// Ordered by name. A backlog is counted up to 10,000.
  virtual std::vector<OutboxTarget> list_targets() = 0;
  /// At most `limit` events that are due now. Throws Error{not_found} if there is no such target.
  virtual OutboxBatch next_batch(std::string_view target, std::string_view now, int limit,
                                 BatchOrder order = BatchOrder::waiting_first) = 0;
  /// For one target or all, in one state or any; newest event first.
  virtual Slice<Delivery> list_deliveries(const std::optional<std::string>& target,
                                          std::optional<DeliveryState> state, const Page& page) = 0;
};

class OutboxWriter : public OutboxReader {
 public:
  /// Adds a target of the events from now on. Does nothing if there is one of that name: it
  /// continues where it was.
  virtual void insert_target(std::string_view name) = 0;
  /// Deletes the target with its deliveries.
  virtual void delete_target(std::string_view name) = 0;
  /// Stops deliveries until restart_target(). Drops what waits, and keeps dead-lettered events and
  /// the log.
  virtual void silence_target(std::string_view name) = 0;
  /// Delivers events from now on, as for a new target, but keeps dead-lettered ones and the log.
  virtual void restart_target(std::string_view name) = 0;
  /// False, and does nothing, if another instance has acquired the lease since. Does nothing,
  /// either, if the target no longer exists.
  virtual bool commit_batch(std::string_view target, const BatchResult& result) = 0;
  /// Makes the event due at once. False if the target has no delivery of it.
  [[nodiscard]] virtual bool retry_delivery(std::string_view target, std::int64_t event_id,
                                            std::string_view now) = 0;
  /// Makes all dead-lettered events of the target due; returns how many there were.
  virtual std::int64_t retry_dead_lettered(std::string_view target, std::string_view now) = 0;
};

}  // namespace hss::domain
