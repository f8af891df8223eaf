#include "storage/sql/outbox.h"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_set>

#include "domain/error.h"
#include "storage/sql/deliveries.h"

namespace hss::storage {
namespace {

using domain::Delivery;
using domain::DeliveryState;
using domain::OutboxEvent;

constexpr int max_counted = 10'000;
/// While this many deliveries wait, later events stay in the trail.
constexpr std::int64_t max_waiting = 1'000;
/// This many unpublished events in a row are worth a write to skip them.
constexpr std::int64_t worth_skipping = 1'000;
/// The position of a target that receives nothing.
constexpr std::int64_t end_of_trail = std::numeric_limits<std::int64_t>::max();

std::int64_t number(Query row) {
  return row.step() ? row.integer(0) : 0;
}

/// True for the events that are published. The plus keeps SQLite from the index by type: rows must
/// come in the order of the trail.
const std::string& is_published() {
  static const std::string sql = [] {
    std::string types;
    for (const std::string_view type : domain::published_event_types) {
      types += (types.empty() ? "'" : ", '") + std::string(type) + "'";
    }
    return "+e.event_type IN (" + types + ")";
  }();
  return sql;
}

}  // namespace

template <class Interface>
std::vector<OutboxEvent> OutboxQueries<Interface>::list_after(std::int64_t id, int limit) {
  std::vector<OutboxEvent> events;
  static const std::string published =
      "SELECT " EVENT_COLUMNS
      " FROM audit_events e LEFT JOIN bookings b ON b.seq = e.booking_seq"
      " WHERE e.id > ? AND " +
      is_published() + " ORDER BY e.id LIMIT ?";
  for (Query rows(connection_, published.c_str(), id, limit); rows.step();) {
    events.push_back(outbox_event_of(rows));
  }
  return events;
}

template <class Interface>
std::vector<OutboxEvent> OutboxQueries<Interface>::list_own_after(std::string_view owner,
                                                                  std::int64_t id, int limit) {
  std::vector<OutboxEvent> events;
  static const std::string own =
      "SELECT " EVENT_COLUMNS
      " FROM (SELECT id FROM audit_events WHERE id > ?2 AND booking_seq IN"
      " (SELECT seq FROM bookings WHERE owner = ?1) UNION ALL"
      " SELECT id FROM audit_events WHERE id > ?2 AND event_type = 'notification'"
      " AND booking_seq IS NULL) own CROSS JOIN audit_events e ON e.id = own.id"
      " LEFT JOIN bookings b ON b.seq = e.booking_seq"
      " WHERE " +
      is_published() + " ORDER BY own.id LIMIT ?3";
  for (Query rows(connection_, own.c_str(), owner, id, limit); rows.step();) {
    events.push_back(outbox_event_of(rows));
  }
  return events;
}

template <class Interface>
std::int64_t OutboxQueries<Interface>::last_event_id() {
  return number(Query(connection_, "SELECT coalesce(max(id), 0) FROM audit_events"));
}

template <class Interface>
std::vector<domain::OutboxTarget> OutboxQueries<Interface>::list_targets() {
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
    static const std::string backlog =
        "SELECT count(*) FROM (SELECT 1 FROM audit_events e WHERE e.id > ?"
        " AND " +
        is_published() + " ORDER BY e.id LIMIT ?) AS backlog";
    target.backlog = count_waiting(target.name, max_counted) +
                     number(Query(connection_, backlog.c_str(), target.position, max_counted));
    target.dead_lettered = number(Query(connection_,
                                        "SELECT count(*) FROM deliveries INDEXED BY deliveries_dead"
                                        " WHERE target = ? AND state = 'dead'",
                                        target.name));
    static const std::string first_of_backlog =
        "SELECT created_at FROM audit_events WHERE id = (SELECT min(id) FROM"
        " (SELECT min(event_id) AS id FROM deliveries INDEXED BY"
        " deliveries_waiting_by_booking WHERE target = ?1 AND state = 'waiting' UNION ALL "
        "SELECT id FROM (SELECT e.id FROM audit_events e"
        " WHERE e.id > ?2 AND " +
        is_published() + " ORDER BY e.id LIMIT 1) AS new) AS first)";
    Query oldest(connection_, first_of_backlog.c_str(), target.name, target.position);
    if (oldest.step()) target.oldest = oldest.time(0);
  }
  return targets;
}

template <class Interface>
domain::OutboxBatch OutboxQueries<Interface>::next_batch(std::string_view target,
                                                         std::string_view now, int limit,
                                                         domain::BatchOrder order) {
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
  std::unordered_set<std::string> bookings;  // with a delivery in this batch, or one that must wait
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
    for (OutboxEvent& event : list_after(batch.position, limit)) {
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

template <class Interface>
domain::Slice<Delivery> OutboxQueries<Interface>::list_deliveries(
    const std::optional<std::string>& target, std::optional<DeliveryState> state,
    const domain::Page& page) {
  return hss::storage::list_deliveries(connection_, target, state, page);
}

/// Moves the position past unpublished events, so that they are not read again and again.
template <class Interface>
void OutboxQueries<Interface>::skip_untold(domain::OutboxBatch& batch) {
  if (batch.position == end_of_trail || !list_after(batch.position, 1).empty()) return;
  const std::int64_t last = last_event_id();
  if (last - batch.position < worth_skipping) return;
  batch.position = last;
  batch.is_worth_committing = true;
}

template <class Interface>
bool OutboxQueries<Interface>::waits(std::string_view target, std::string_view booking_id) {
  return number(Query(connection_,
                      "SELECT 1 FROM deliveries INDEXED BY deliveries_waiting_by_booking"
                      " WHERE target = ? AND state = 'waiting' AND"
                      " booking_seq = (SELECT seq FROM bookings WHERE id = ?)",
                      target, booking_id)) != 0;
}

template <class Interface>
std::int64_t OutboxQueries<Interface>::count_waiting(std::string_view target,
                                                     std::int64_t at_most) {
  return number(
      Query(connection_,
            "SELECT count(*) FROM (SELECT 1 FROM deliveries INDEXED BY"
            " deliveries_waiting WHERE target = ? AND state = 'waiting' LIMIT ?) AS counted",
            target, at_most));
}

void SqlOutboxWriter::insert_target(std::string_view name) {
  if (Query known(connection_, "SELECT 1 FROM outbox_targets WHERE name = ?", name); known.step()) {
    return;
  }
  enqueue(connection_, "INSERT INTO outbox_targets (name, position) VALUES (?, ?)", name,
          last_event_id());
}

void SqlOutboxWriter::delete_target(std::string_view name) {
  enqueue(connection_, "DELETE FROM outbox_targets WHERE name = ?", name);
}

void SqlOutboxWriter::silence_target(std::string_view name) {
  enqueue(connection_, "UPDATE outbox_targets SET position = ? WHERE name = ?", end_of_trail, name);
  enqueue(
      connection_,
      "DELETE FROM deliveries INDEXED BY deliveries_waiting WHERE target = ? AND state = 'waiting'",
      name);
}

void SqlOutboxWriter::restart_target(std::string_view name) {
  silence_target(name);
  enqueue(connection_,
          "UPDATE outbox_targets SET position = ?, last_error = '', last_error_at = '',"
          " last_success_at = '' WHERE name = ?",
          last_event_id(), name);
}

bool SqlOutboxWriter::commit_batch(std::string_view target, const domain::BatchResult& result) {
  const auto remove = [&](std::int64_t event_id) {
    enqueue(connection_, "DELETE FROM deliveries WHERE target = ? AND event_id = ?", target,
            event_id);
  };
  const auto put = [&](std::int64_t event_id, DeliveryState state, int tries,
                       const std::string& next_try_at, const Delivery& last) {
    remove(event_id);
    enqueue(connection_,
            "INSERT INTO deliveries (target, event_id, booking_seq, state, tries, next_try_at,"
            " first_failed_at, status_code, error, took_ms, updated_at)"
            " SELECT ?1, id, booking_seq, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM audit_events"
            " WHERE id = ?2",
            target, event_id, domain::to_text(state), tries, next_try_at, last.first_failed_at,
            last.status_code, last.error, last.took_ms, result.now);
  };
  // The row is locked from here on, so that no other instance acquires the lease before the commit.
  if (!result.leader.empty() &&
      execute(connection_,
              "UPDATE outbox_targets SET leader = leader WHERE name = ? AND leader = ?", target,
              result.leader) == 0) {
    return false;
  }
  bool is_silent = false;
  {
    Query row(connection_, "SELECT position FROM outbox_targets WHERE name = ?", target);
    if (!row.step()) return true;
    is_silent = row.integer(0) == end_of_trail;
  }
  enqueue(connection_, "UPDATE outbox_targets SET position = ?1 WHERE name = ?2 AND position < ?1",
          result.position, target);
  for (const Delivery& delivery : result.done) {
    const bool is_delivered = delivery.state == DeliveryState::delivered;
    if (is_delivered && !result.keeps_log) {
      remove(delivery.event.id);
    } else {
      put(delivery.event.id, delivery.state, delivery.tries, delivery.next_try_at, delivery);
    }
    if (is_delivered) {
      enqueue(connection_, "UPDATE outbox_targets SET last_success_at = ? WHERE name = ?",
              result.now, target);
    } else {
      enqueue(connection_,
              "UPDATE outbox_targets SET last_error = ?, last_error_at = ? WHERE name = ?",
              delivery.error, result.now, target);
    }
  }
  for (const OutboxEvent& event : result.held) {
    put(event.id, DeliveryState::waiting, 0, result.now, {});
  }
  if (result.is_back) {
    enqueue(connection_,
            "UPDATE deliveries INDEXED BY deliveries_waiting SET next_try_at = ?1"
            " WHERE target = ?2 AND state = 'waiting' AND next_try_at > ?1",
            result.now, target);
  }
  // The target was silenced during this batch.
  if (is_silent) silence_target(target);
  // Deletes two for each one in: the log shrinks by itself, and no delivery pays for a big
  // clean-up.
  const auto max = static_cast<std::int64_t>(2 * result.done.size());
  enqueue(connection_,
          "DELETE FROM deliveries WHERE (target, event_id) IN (SELECT target, event_id FROM"
          " (SELECT target, event_id FROM deliveries INDEXED BY deliveries_delivered"
          " WHERE state = 'delivered' AND updated_at < ? ORDER BY updated_at LIMIT ?) AS old)",
          result.keep_log_from, max);
  if (!result.keeps_log) return true;
  enqueue(connection_,
          "DELETE FROM deliveries WHERE target = ?1 AND event_id IN (SELECT event_id FROM"
          " (SELECT event_id FROM deliveries WHERE target = ?1 AND event_id < ?2"
          " AND state = 'delivered' ORDER BY event_id LIMIT ?3) AS old)",
          target, result.position - result.keep_log_of, max);
  return true;
}

bool SqlOutboxWriter::retry_delivery(std::string_view target, std::int64_t event_id,
                                     std::string_view now) {
  return execute(connection_,
                 "UPDATE deliveries SET state = 'waiting', tries = 0, next_try_at = ?1,"
                 " first_failed_at = '', updated_at = ?1 WHERE target = ?2 AND event_id = ?3",
                 now, target, event_id) == 1;
}

std::int64_t SqlOutboxWriter::retry_dead_lettered(std::string_view target, std::string_view now) {
  return execute(connection_,
                 "UPDATE deliveries INDEXED BY deliveries_dead SET state = 'waiting', tries = 0,"
                 " next_try_at = ?1, first_failed_at = '', updated_at = ?1"
                 " WHERE target = ?2 AND state = 'dead'",
                 now, target);
}

template class OutboxQueries<domain::OutboxReader>;
template class OutboxQueries<domain::OutboxWriter>;

}  // namespace hss::storage
