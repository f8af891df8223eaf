#include <algorithm>
#include <limits>
#include <unordered_set>

#include "domain/error.h"
#include "storage/json_text.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/sql_views.h"

namespace hss::storage {
namespace {

using domain::Delivery;
using domain::DeliveryState;
using domain::OutboxEvent;

constexpr int max_counted = 10'000;
/// Behind as many that wait, those behind them can wait in the trail.
constexpr std::int64_t max_waiting = 1'000;
/// Events that nobody is told, in a row.
constexpr std::int64_t worth_skipping = 1'000;
/// Where a target stands that hears nothing.
constexpr std::int64_t end_of_trail = std::numeric_limits<std::int64_t>::max();

// The plus keeps the index by type out: rows are wanted in the order of the trail.
#define TOLD_TYPES \
  "+e.event_type IN ('booking_submitted', 'status_updated', 'payment_captured', 'notification')"
#define EVENT_COLUMNS                                                   \
  "e.id, e.event_type, e.booking_id, e.payload, e.created_at, b.owner," \
  " lower(hex(substr(e.hash, 1, 6)))"
#define DELIVERY_COLUMNS                                                                  \
  "d.target, d.state, d.tries, d.next_try_at, d.first_failed_at, d.status_code, d.error," \
  " d.took_ms, d.updated_at"
// SQLite takes the table's own key for as good as an index of a few of its rows, so each is named.
#define SELECT_DELIVERIES(by)                                            \
  "SELECT " EVENT_COLUMNS ", " DELIVERY_COLUMNS " FROM deliveries d " by \
  " CROSS JOIN audit_events e ON e.id = d.event_id"                      \
  " LEFT JOIN bookings b ON b.seq = e.booking_seq WHERE "

OutboxEvent event_of(const Query& row) {
  require_json(row.text(3));
  return {.id = row.integer(0),
          .type = row.text(1),
          .booking_id = row.optional_text(2),
          .payload = row.text(3),
          .occurred_at = row.text(4),
          .owner = row.optional_text(5),
          .fingerprint = row.text(6)};
}

Delivery delivery_of(const Query& row) {
  return {.target = row.text(7),
          .event = event_of(row),
          .state = require_known(domain::find_delivery_state(row.text(8)), "a state"),
          .tries = static_cast<int>(row.integer(9)),
          .next_try_at = row.text(10),
          .first_failed_at = row.text(11),
          .status_code = static_cast<int>(row.integer(12)),
          .error = row.text(13),
          .took_ms = row.integer(14),
          .updated_at = row.text(15)};
}

/// The states stand in the text, as an index of one state is of no use to another.
const char* select_deliveries(bool of_target, std::optional<DeliveryState> state) {
#define NEWEST_FIRST                                             \
  " AND d.event_id <= ?2 AND (d.event_id < ?2 OR d.target > ?3)" \
  " ORDER BY d.event_id DESC, d.target LIMIT ?4 OFFSET ?5"
#define OF_TARGET(by) SELECT_DELIVERIES(by) "d.target = ?1"
#define OF_ANY(by) SELECT_DELIVERIES(by) "?1 = ''"
  if (!state) return of_target ? OF_TARGET("") NEWEST_FIRST : OF_ANY("") NEWEST_FIRST;
  switch (*state) {
#define WAITING(of) \
  of("INDEXED BY deliveries_waiting_by_booking") " AND d.state = 'waiting'" NEWEST_FIRST
#define DEAD(of) of("INDEXED BY deliveries_dead") " AND d.state = 'dead'" NEWEST_FIRST
    case DeliveryState::waiting:
      return of_target ? WAITING(OF_TARGET) : WAITING(OF_ANY);
    case DeliveryState::dead_lettered:
      return of_target ? DEAD(OF_TARGET) : DEAD(OF_ANY);
    case DeliveryState::delivered:
      break;
  }
  return of_target ? OF_TARGET("") " AND d.state = 'delivered'" NEWEST_FIRST
                   : OF_ANY("") " AND d.state = 'delivered'" NEWEST_FIRST;
}

std::int64_t number(Query row) {
  return row.step() ? row.integer(0) : 0;
}

/// The row that a page begins behind.
struct Cursor {
  std::int64_t event_id = std::numeric_limits<std::int64_t>::max();
  std::string target;
};

Cursor read_cursor(const domain::Page& page) {
  if (!page.cursor) return {};
  const std::string& text = *page.cursor;
  const auto dot = std::min(text.find('.'), text.size());
  const bool is_number = dot > 0 && dot <= 18 && dot < text.size() &&
                         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dot),
                                     [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) return {std::stoll(text.substr(0, dot)), text.substr(dot + 1)};
  throw domain::Error(domain::ErrorCode::validation_error, "The query has faults",
                      {"cursor must be a next_cursor that this list gave"});
}

}  // namespace

template <class View>
std::vector<OutboxEvent> SqlOutboxView<View>::list_events_after(std::int64_t id, int limit) {
  std::vector<OutboxEvent> events;
  for (Query rows(connection_,
                  "SELECT " EVENT_COLUMNS
                  " FROM audit_events e LEFT JOIN bookings b ON b.seq = e.booking_seq"
                  " WHERE e.id > ? AND " TOLD_TYPES " ORDER BY e.id LIMIT ?",
                  id, limit);
       rows.step();) {
    events.push_back(event_of(rows));
  }
  return events;
}

template <class View>
std::vector<OutboxEvent> SqlOutboxView<View>::list_own_events_after(std::string_view owner,
                                                                    std::int64_t id, int limit) {
  std::vector<OutboxEvent> events;
  for (Query rows(connection_,
                  "SELECT " EVENT_COLUMNS
                  " FROM (SELECT id FROM audit_events WHERE id > ?2 AND booking_seq IN"
                  " (SELECT seq FROM bookings WHERE owner = ?1) UNION ALL"
                  " SELECT id FROM audit_events WHERE id > ?2 AND event_type = 'notification'"
                  " AND booking_seq IS NULL) own CROSS JOIN audit_events e ON e.id = own.id"
                  " LEFT JOIN bookings b ON b.seq = e.booking_seq"
                  " WHERE " TOLD_TYPES " ORDER BY own.id LIMIT ?3",
                  owner, id, limit);
       rows.step();) {
    events.push_back(event_of(rows));
  }
  return events;
}

template <class View>
std::int64_t SqlOutboxView<View>::last_event_id() {
  return number(Query(connection_, "SELECT coalesce(max(id), 0) FROM audit_events"));
}

template <class View>
std::vector<domain::OutboxTarget> SqlOutboxView<View>::list_targets() {
  std::vector<domain::OutboxTarget> targets;
  for (Query rows(connection_,
                  "SELECT name, position, last_error, last_error_at, last_success_at"
                  " FROM outbox_targets ORDER BY name");
       rows.step();) {
    targets.push_back({.name = rows.text(0),
                       .position = rows.integer(1),
                       .last_error = rows.text(2),
                       .last_error_at = rows.text(3),
                       .last_success_at = rows.text(4)});
  }
  for (domain::OutboxTarget& target : targets) {
    target.backlog =
        count_waiting(target.name, max_counted) +
        number(Query(connection_,
                     "SELECT count(*) FROM (SELECT 1 FROM audit_events e WHERE e.id > ?"
                     " AND " TOLD_TYPES " ORDER BY e.id LIMIT ?)",
                     target.position, max_counted));
    target.dead_lettered = number(Query(connection_,
                                        "SELECT count(*) FROM deliveries INDEXED BY deliveries_dead"
                                        " WHERE target = ? AND state = 'dead'",
                                        target.name));
    Query oldest(connection_,
                 "SELECT created_at FROM audit_events WHERE id = (SELECT min(id) FROM"
                 " (SELECT min(event_id) AS id FROM deliveries INDEXED BY"
                 " deliveries_waiting_by_booking WHERE target = ?1 AND state = 'waiting' UNION ALL "
                 "SELECT id FROM (SELECT e.id FROM audit_events e"
                 " WHERE e.id > ?2 AND " TOLD_TYPES " ORDER BY e.id LIMIT 1)))",
                 target.name, target.position);
    if (oldest.step()) target.oldest = oldest.time(0);
  }
  return targets;
}

template <class View>
domain::OutboxBatch SqlOutboxView<View>::next_batch(std::string_view target, std::string_view now,
                                                    int limit, domain::BatchOrder order) {
  const auto max = static_cast<std::size_t>(limit);
  domain::OutboxBatch batch;
  {
    Query row(connection_, "SELECT position FROM outbox_targets WHERE name = ?", target);
    if (!row.step()) {
      throw domain::Error(domain::ErrorCode::not_found,
                          "Nobody hears of events as " + std::string(target));
    }
    batch.position = row.integer(0);
  }
  std::unordered_set<std::string> bookings;  // of which something is told already, or must wait
  const auto add_waiting = [&] {
    for (Query rows(
             connection_,
             SELECT_DELIVERIES(
                 "INDEXED BY deliveries_waiting") "d.target = ? AND d.state = 'waiting' AND "
                                                  "d.next_try_at <= ?"
                                                  " AND (d.booking_seq IS NULL OR NOT EXISTS "
                                                  "(SELECT 1 FROM deliveries earlier"
                                                  " INDEXED BY deliveries_waiting_by_booking"
                                                  " WHERE earlier.target = d.target AND "
                                                  "earlier.state = 'waiting'"
                                                  " AND earlier.booking_seq = d.booking_seq AND "
                                                  "earlier.event_id < d.event_id))"
                                                  " ORDER BY d.next_try_at, d.event_id LIMIT ?",
             target, now, static_cast<std::int64_t>(max - batch.due.size()));
         rows.step();) {
      batch.due.push_back(delivery_of(rows));
      if (const auto& id = batch.due.back().event.booking_id) bookings.insert(*id);
    }
  };
  const auto add_new = [&] {
    for (OutboxEvent& event : list_events_after(batch.position, limit)) {
      if (batch.due.size() == max) return;
      if (event.booking_id && bookings.contains(*event.booking_id)) return;
      batch.position = event.id;
      if (event.booking_id && waits(target, *event.booking_id)) {
        batch.held.push_back(std::move(event));
        continue;
      }
      if (event.booking_id) bookings.insert(*event.booking_id);
      batch.due.push_back({.target = std::string(target), .event = std::move(event)});
    }
  };
  const bool has_room = count_waiting(target, max_waiting) < max_waiting;
  if (has_room && order == domain::BatchOrder::new_first) add_new();
  if (batch.due.size() < max) add_waiting();
  if (has_room && order == domain::BatchOrder::waiting_first) add_new();

  if (batch.due.empty()) {
    Query waiting(connection_,
                  "SELECT min(next_try_at), max(next_try_at) FROM deliveries INDEXED BY"
                  " deliveries_waiting WHERE target = ? AND state = 'waiting' AND next_try_at > ?",
                  target, now);
    if (waiting.step()) {
      batch.next_try_at = waiting.optional_time(0).value_or("");
      batch.last_try_at = waiting.optional_time(1).value_or("");
    }
    skip_untold(batch);
  }
  return batch;
}

/// Past what nobody is told, so that it is not looked through again and again.
template <class View>
void SqlOutboxView<View>::skip_untold(domain::OutboxBatch& batch) {
  if (batch.position == end_of_trail || !list_events_after(batch.position, 1).empty()) return;
  const std::int64_t last = last_event_id();
  if (last - batch.position < worth_skipping) return;
  batch.position = last;
  batch.is_worth_committing = true;
}

template <class View>
bool SqlOutboxView<View>::waits(std::string_view target, std::string_view booking_id) {
  return number(Query(connection_,
                      "SELECT 1 FROM deliveries INDEXED BY deliveries_waiting_by_booking"
                      " WHERE target = ? AND state = 'waiting' AND"
                      " booking_seq = (SELECT seq FROM bookings WHERE id = ?)",
                      target, booking_id)) != 0;
}

template <class View>
std::int64_t SqlOutboxView<View>::count_waiting(std::string_view target, std::int64_t at_most) {
  return number(Query(connection_,
                      "SELECT count(*) FROM (SELECT 1 FROM deliveries INDEXED BY"
                      " deliveries_waiting WHERE target = ? AND state = 'waiting' LIMIT ?)",
                      target, at_most));
}

template <class View>
domain::Slice<Delivery> SqlOutboxView<View>::list_deliveries(
    const std::optional<std::string>& target, std::optional<DeliveryState> state,
    const domain::Page& page) {
  domain::Slice<Delivery> slice;
  const Cursor before = read_cursor(page);
  for (Query rows(connection_, select_deliveries(target.has_value(), state), target.value_or(""),
                  before.event_id, before.target, page.limit + 1, page.offset);
       rows.step();) {
    if (slice.rows.size() == static_cast<std::size_t>(page.limit)) {
      const Delivery& last = slice.rows.back();
      slice.next_cursor = std::to_string(last.event.id) + "." + last.target;
      break;
    }
    slice.rows.push_back(delivery_of(rows));
  }
  return slice;
}

void SqlTx::insert_target(std::string_view name) {
  execute(connection_,
          "INSERT INTO outbox_targets (name, position) VALUES (?, ?) ON CONFLICT DO NOTHING", name,
          last_event_id());
}

void SqlTx::delete_target(std::string_view name) {
  execute(connection_, "DELETE FROM outbox_targets WHERE name = ?", name);
}

void SqlTx::silence_target(std::string_view name) {
  execute(connection_, "UPDATE outbox_targets SET position = ? WHERE name = ?", end_of_trail, name);
  execute(
      connection_,
      "DELETE FROM deliveries INDEXED BY deliveries_waiting WHERE target = ? AND state = 'waiting'",
      name);
}

void SqlTx::restart_target(std::string_view name) {
  silence_target(name);
  execute(connection_,
          "UPDATE outbox_targets SET position = ?, last_error = '', last_error_at = '',"
          " last_success_at = '' WHERE name = ?",
          last_event_id(), name);
}

void SqlTx::commit_batch(std::string_view target, const domain::BatchResult& result) {
#define INSERT_DELIVERY                                                                            \
  "INSERT OR REPLACE INTO deliveries (target, event_id, booking_seq, state, tries, next_try_at,"   \
  " first_failed_at, status_code, error, took_ms, updated_at) SELECT ?1, id, booking_seq, ?3, ?4," \
  " ?5, ?6, ?7, ?8, ?9, ?10 FROM audit_events WHERE id = ?2"
  bool is_silent = false;
  {
    Query row(connection_, "SELECT position = ? FROM outbox_targets WHERE name = ?", end_of_trail,
              target);
    if (!row.step()) return;
    is_silent = row.integer(0) != 0;
  }
  execute(connection_, "UPDATE outbox_targets SET position = max(position, ?) WHERE name = ?",
          result.position, target);
  for (const Delivery& delivery : result.done) {
    const bool is_delivered = delivery.state == DeliveryState::delivered;
    if (is_delivered && !result.keeps_log) {
      execute(connection_, "DELETE FROM deliveries WHERE target = ? AND event_id = ?", target,
              delivery.event.id);
    } else {
      execute(connection_, INSERT_DELIVERY, target, delivery.event.id,
              domain::to_text(delivery.state), delivery.tries, delivery.next_try_at,
              delivery.first_failed_at, delivery.status_code, delivery.error, delivery.took_ms,
              result.now);
    }
    if (is_delivered) {
      execute(connection_, "UPDATE outbox_targets SET last_success_at = ? WHERE name = ?",
              result.now, target);
    } else {
      execute(connection_,
              "UPDATE outbox_targets SET last_error = ?, last_error_at = ? WHERE name = ?",
              delivery.error, result.now, target);
    }
  }
  for (const OutboxEvent& event : result.held) {
    execute(connection_, INSERT_DELIVERY, target, event.id, domain::to_text(DeliveryState::waiting),
            0, result.now, "", 0, "", 0, result.now);
  }
  if (result.is_back) {
    execute(connection_,
            "UPDATE deliveries INDEXED BY deliveries_waiting SET next_try_at = ?1"
            " WHERE target = ?2 AND state = 'waiting' AND next_try_at > ?1",
            result.now, target);
  }
  // It was silenced while it was told these.
  if (is_silent) silence_target(target);
  // Two out for one in: the log shrinks back by itself, and no delivery pays for a big clean-up.
  const auto max = static_cast<std::int64_t>(2 * result.done.size());
  execute(connection_,
          "DELETE FROM deliveries WHERE (target, event_id) IN (SELECT target, event_id FROM"
          " deliveries INDEXED BY deliveries_delivered WHERE state = 'delivered' AND updated_at < ?"
          " ORDER BY updated_at LIMIT ?)",
          result.keep_log_from, max);
  if (!result.keeps_log) return;
  execute(
      connection_,
      "DELETE FROM deliveries WHERE target = ?1 AND event_id IN (SELECT event_id FROM deliveries"
      " WHERE target = ?1 AND event_id < ?2 AND state = 'delivered' ORDER BY event_id LIMIT ?3)",
      target, result.position - result.keep_log_of, max);
}

bool SqlTx::retry_delivery(std::string_view target, std::int64_t event_id, std::string_view now) {
  return execute(connection_,
                 "UPDATE deliveries SET state = 'waiting', tries = 0, next_try_at = ?1,"
                 " first_failed_at = '', updated_at = ?1 WHERE target = ?2 AND event_id = ?3",
                 now, target, event_id) == 1;
}

std::int64_t SqlTx::retry_dead_lettered(std::string_view target, std::string_view now) {
  return execute(connection_,
                 "UPDATE deliveries INDEXED BY deliveries_dead SET state = 'waiting', tries = 0,"
                 " next_try_at = ?1, first_failed_at = '', updated_at = ?1"
                 " WHERE target = ?2 AND state = 'dead'",
                 now, target);
}

template class SqlOutboxView<domain::Reader>;
template class SqlOutboxView<domain::Tx>;

}  // namespace hss::storage
