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

/// The audit trail is the outbox: an event of one of these types is told to others once it is
/// committed (API.md, "Events"), in the order of its id.
inline constexpr std::array<std::string_view, 4> published_event_types{
    "booking_submitted", "status_updated", "payment_captured", "notification"};

/// How long a target's log keeps what went well.
inline constexpr std::chrono::hours delivery_log_lasts{24 * 7};

struct OutboxEvent {
  std::int64_t id = 0;  ///< its place in the audit trail
  std::string type;
  std::optional<std::string> booking_id;
  std::string payload;  ///< a JSON object
  std::string occurred_at;
  std::optional<std::string> owner;  ///< the account whose booking it is about
  /// Hexadecimal; the beginning of its hash in the audit trail: another event that comes to have
  /// its place, where a backup was restored, has another.
  std::string fingerprint{};
};

enum class DeliveryState {
  waiting,        ///< failed, or stands behind one of its booking that has, and is tried again
  dead_lettered,  ///< set aside: not tried again unless somebody asks for it
  delivered,      ///< kept for a while, where the target keeps a log
};

std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> find_delivery_state(std::string_view text);

/// What became of an event at a target, where it was more than heard in its turn.
struct Delivery {
  std::string target;
  OutboxEvent event;
  DeliveryState state = DeliveryState::waiting;
  int tries = 0;
  std::string next_try_at;      ///< RFC 3339; of one that waits
  std::string first_failed_at;  ///< RFC 3339; empty: it has not failed
  int status_code = 0;          ///< of the last answer; 0: there was none
  std::string error;            ///< of the last try, in a sentence; empty: it went well
  std::int64_t took_ms = 0;     ///< the last try
  std::string updated_at;
};

/// What a target is to hear next.
struct OutboxBatch {
  /// Those whose turn came first, then by their ids; no two of one booking.
  std::vector<Delivery> due;
  /// Passed by: they wait until an earlier one of their booking has been heard.
  std::vector<OutboxEvent> held;
  /// How far along the trail the target is once these are settled.
  std::int64_t position = 0;
  bool is_worth_committing = false;  ///< also where nothing is due: it has come a long way
  /// When the next and the last one that wait are due; empty: none waits.
  std::string next_try_at, last_try_at;
};

/// Which of what a target has still to hear comes first: what has failed before, or what has not
/// been tried.
enum class BatchOrder { waiting_first, new_first };

/// How a batch went.
struct BatchResult {
  std::vector<Delivery> done;  ///< those that were due, as they stand now
  std::vector<OutboxEvent> held;
  std::int64_t position = 0;
  bool keeps_log = false;             ///< whether a delivered one is kept
  bool is_back = false;               ///< the target was away: whatever waits for it is due now
  std::string now;                    ///< RFC 3339
  std::string keep_log_from;          ///< RFC 3339; what was delivered before is forgotten
  std::int64_t keep_log_of = 20'000;  ///< events of the trail that the log reaches back
};

/// Somebody who hears of events.
struct OutboxTarget {
  std::string name;  ///< `sns`, or a webhook's id
  std::int64_t position = 0;
  std::int64_t backlog = 0;                    ///< still to be heard, those that wait among them
  std::int64_t dead_lettered = 0;              ///< set aside
  std::optional<std::string> oldest;           ///< when the first of the backlog happened
  std::string last_error;                      ///< empty: none since it was added
  std::string last_error_at, last_success_at;  ///< RFC 3339; empty: never
};

/// The events that leave the house, and who is still to get which.
class OutboxReader {
 public:
  virtual ~OutboxReader() = default;

  /// Those told to others, from behind `id` on, in the order of their ids.
  virtual std::vector<OutboxEvent> list_after(std::int64_t id, int limit) = 0;
  /// Of them, those about the bookings of the account `owner` and about none. Costs as much as
  /// these are, and not as the trail is long.
  virtual std::vector<OutboxEvent> list_own_after(std::string_view owner, std::int64_t id,
                                                  int limit) = 0;
  /// The last one of the audit trail; 0 where it is empty.
  virtual std::int64_t last_event_id() = 0;
  /// By name. A backlog is counted up to 10,000.
  virtual std::vector<OutboxTarget> list_targets() = 0;
  /// At most `limit` to hear now. Throws Error{not_found} where there is no such target.
  virtual OutboxBatch next_batch(std::string_view target, std::string_view now, int limit,
                                 BatchOrder order = BatchOrder::waiting_first) = 0;
  /// Of one target or all, in one state or any; newest event first.
  virtual Slice<Delivery> list_deliveries(const std::optional<std::string>& target,
                                          std::optional<DeliveryState> state, const Page& page) = 0;
};

class OutboxWriter : public OutboxReader {
 public:
  /// Hears of what happens from now on. Nothing where there is one of that name: it goes on from
  /// where it was.
  virtual void insert_target(std::string_view name) = 0;
  /// With what is known of its deliveries.
  virtual void delete_target(std::string_view name) = 0;
  /// Hears nothing until it is restarted; what waits is forgotten, what was set aside and its log
  /// stay.
  virtual void silence_target(std::string_view name) = 0;
  /// Hears of what happens from now on, as if it were new, but for what was set aside and its log.
  virtual void restart_target(std::string_view name) = 0;
  /// Nothing where there is no such target any more.
  virtual void commit_batch(std::string_view target, const BatchResult& result) = 0;
  /// To be sent again, at once. False where the target has no delivery of that event.
  [[nodiscard]] virtual bool retry_delivery(std::string_view target, std::int64_t event_id,
                                            std::string_view now) = 0;
  /// The same of all that the target has set aside; gives how many there were.
  virtual std::int64_t retry_dead_lettered(std::string_view target, std::string_view now) = 0;
};

}  // namespace hss::domain
