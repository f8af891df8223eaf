#include "storage/sqlite/views.h"

#include <algorithm>

namespace hss::storage {

bool SqliteTx::delete_expired(const domain::Expiry& expiry, int limit) {
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
  // These tables have a few rows for each of the staff, or for each account that was sent a link.
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
