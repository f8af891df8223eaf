#include <sqlite3.h>

#include <algorithm>

#include "storage/json_text.h"
#include "storage/sqlite/sql_views.h"

namespace hss::storage {

domain::Catalog SqlTx::catalog() {
  if (!cache_.catalog) cache_.catalog = SqlView::catalog();
  return *cache_.catalog;
}

bool SqlTx::insert_booking(const domain::Booking& booking, const std::vector<domain::Item>& items) {
  try {
    execute(connection_,
            "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
            " item_count, duration_months, monthly_subtotal, handling_fee, total, status,"
            " created_at, updated_at, owner, items)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            booking.id, booking.customer_name, booking.email, booking.pickup_date,
            booking.pickup_window, booking.address, booking.item_count,
            booking.price.duration_months, booking.price.monthly_subtotal.cents,
            booking.price.handling_fee.cents, booking.price.total.cents,
            domain::to_text(booking.status), booking.created_at, booking.updated_at, booking.owner,
            to_json(items));
  } catch (const SQLite::Exception& failure) {
    // Asked afterwards, as hardly ever one is taken.
    Query taken(connection_, "SELECT 1 FROM bookings WHERE id = ?", booking.id);
    if (failure.getErrorCode() == SQLITE_CONSTRAINT && taken.step()) return false;
    throw;
  }
  cache_.last_booking = {booking.id, connection_.database().getLastInsertRowid()};
  return true;
}

void SqlTx::update_status(std::string_view booking_id, domain::Status status,
                          std::string_view updated_at) {
  execute(connection_, "UPDATE bookings SET status = ?, updated_at = ? WHERE id = ?",
          domain::to_text(status), updated_at, booking_id);
}

void SqlTx::insert_payment(std::string_view booking_id, const domain::Payment& payment) {
  execute(connection_,
          "INSERT INTO payments (booking_seq, reference, method, amount, created_at)"
          " SELECT seq, ?, ?, ?, ? FROM bookings WHERE id = ?",
          payment.reference, payment.method, payment.amount.cents, payment.created_at, booking_id);
}

void SqlTx::insert_notification(const domain::Notification& notification,
                                std::string_view created_at) {
  execute(connection_,
          "INSERT INTO notifications (booking_id, message, created_at, actor, actor_role)"
          " VALUES (?, ?, ?, ?, ?)",
          notification.booking_id, notification.message, created_at, notification.actor,
          notification.actor_role);
}

void SqlTx::append_audit(const domain::Event& event) {
  if (!cache_.last_link) cache_.last_link = last_link(connection_);
  const bool is_of_last_booking = event.booking_id == cache_.last_booking.id;
  append_to_chain(connection_, *cache_.last_link, event,
                  is_of_last_booking ? std::optional(cache_.last_booking.seq) : std::nullopt);
}

std::optional<domain::IdempotencyRecord> SqlTx::find_idempotency_record(
    std::string_view scope, std::string_view key, std::string_view not_before) {
  Query row(connection_,
            "SELECT fingerprint, status, body, location, created_at FROM remembered_answers"
            " WHERE scope = ? AND key = ?",
            scope, key);
  if (!row.step()) {
    require_whole(Query(connection_,
                        "SELECT key FROM remembered_answers WHERE scope = ? AND key < ?"
                        " ORDER BY key DESC LIMIT 1",
                        scope, key));
    return std::nullopt;
  }
  // Asked here, as a time that was lost must not pass for an old one: it would be done again.
  if (row.text(4) < not_before) return std::nullopt;
  return domain::IdempotencyRecord{.scope = std::string(scope),
                                   .key = std::string(key),
                                   .fingerprint = row.text(0),
                                   .status = static_cast<int>(row.integer(1)),
                                   .body = row.text(2),
                                   .location = row.text(3),
                                   .created_at = row.text(4)};
}

void SqlTx::insert_idempotency_record(const domain::IdempotencyRecord& answer,
                                      std::string_view not_before) {
  // Two out for one in: the table shrinks back by itself and no request pays for a big clean-up.
  execute(connection_,
          "DELETE FROM remembered_answers WHERE (scope, key) IN (SELECT scope, key FROM"
          " remembered_answers WHERE created_at < ? ORDER BY created_at LIMIT 2)",
          not_before);
  execute(connection_,
          "INSERT OR REPLACE INTO remembered_answers (scope, key, fingerprint, status, body,"
          " location, created_at, holder) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          answer.scope, answer.key, answer.fingerprint, answer.status, answer.body, answer.location,
          answer.created_at, answer.holder);
}

std::optional<std::string> SqlTx::find_blocking_idempotency_record(std::string_view holder,
                                                                   std::string_view not_before,
                                                                   int max) {
  // Of an index alone, at most `max` entries of it.
  Query row(connection_,
            "SELECT created_at FROM remembered_answers INDEXED BY remembered_answers_by_holder"
            " WHERE holder = ?1 AND holder <> '' AND created_at >= ?2"
            " ORDER BY created_at DESC LIMIT 1 OFFSET ?3",
            holder, not_before, max - 1);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

bool SqlTx::delete_expired(const domain::Expiry& expiry, int limit) {
  int max = 0;
  const auto forget = [&](const char* sql, const std::string& time) {
    max = std::max(max, execute(connection_, sql, time, limit));
  };
  forget(
      "DELETE FROM remembered_answers WHERE (scope, key) IN (SELECT scope, key FROM"
      " remembered_answers WHERE created_at < ? ORDER BY created_at LIMIT ?)",
      expiry.idempotency_records_from);
  forget(
      "DELETE FROM remembered_answers WHERE (scope, key) IN (SELECT scope, key FROM"
      " remembered_answers WHERE created_at > ? ORDER BY created_at LIMIT ?)",
      expiry.answers_to);
  forget(
      "DELETE FROM sessions WHERE id IN"
      " (SELECT id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
      expiry.now);
  forget(
      "DELETE FROM device_marks WHERE mark_hash IN"
      " (SELECT mark_hash FROM device_marks WHERE used_at <= ? ORDER BY used_at LIMIT ?)",
      expiry.trusted_devices_from);
  forget(
      "DELETE FROM deliveries WHERE (target, event_id) IN (SELECT target, event_id FROM"
      " deliveries INDEXED BY deliveries_delivered WHERE state = 'delivered' AND updated_at < ?"
      " ORDER BY updated_at LIMIT ?)",
      expiry.deliveries_from);
  // These tables have an entry or a few for each of the staff, or for who has been sent a link.
  forget(
      "DELETE FROM pin_failures WHERE rowid IN"
      " (SELECT rowid FROM pin_failures WHERE failed_at <= ? LIMIT ?)",
      expiry.pin_failures_from);
  forget(
      "DELETE FROM one_time_links WHERE token_hash IN"
      " (SELECT token_hash FROM one_time_links WHERE expires_at <= ? LIMIT ?)",
      expiry.now);
  forget(
      "DELETE FROM token_keys WHERE id IN"
      " (SELECT id FROM token_keys WHERE retires_at <= ? LIMIT ?)",
      expiry.now);
  return max == limit;
}

}  // namespace hss::storage
