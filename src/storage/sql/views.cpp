#include "storage/sql/views.h"

#include <algorithm>

namespace hss::storage {

bool SqlTx::delete_expired(const domain::Expiry& expiry, int limit) {
  int max = 0;
  // The inner SELECT is a table of its own, as MySQL takes no LIMIT in an IN.
  const auto forget = [&](const char* sql, const std::string& time) {
    max = std::max(max, execute(connection_, sql, time, limit));
  };
#define FORGET(table, keys, condition)                                                           \
  "DELETE FROM " table " WHERE (" keys ") IN (SELECT " keys " FROM (SELECT " keys " FROM " table \
  " WHERE " condition " LIMIT ?) AS expired)"
  forget(FORGET("remembered_answers", "scope, \"key\"", "created_at < ? ORDER BY created_at"),
         expiry.idempotency_records_from);
  forget(FORGET("remembered_answers", "scope, \"key\"", "created_at > ? ORDER BY created_at"),
         expiry.answers_to);
  forget(FORGET("sessions", "id", "expires_at <= ? ORDER BY expires_at"), expiry.now);
  forget(FORGET("device_marks", "mark_hash", "used_at <= ? ORDER BY used_at"),
         expiry.trusted_devices_from);
  forget(FORGET("deliveries", "target, event_id",
                "state = 'delivered' AND updated_at < ? ORDER BY updated_at"),
         expiry.deliveries_from);
  // These tables have a few rows for each of the staff, for each account that was sent a link, and
  // for each customer who came by in the last months.
  forget(FORGET("pin_failures", "rowid", "failed_at <= ?"), expiry.pin_failures_from);
  forget(FORGET("one_time_links", "token_hash", "expires_at <= ?"), expiry.now);
  forget(FORGET("claim_codes", "booking_seq", "expires_at <= ?"), expiry.now);
  forget(FORGET("claim_failures", "rowid", "failed_at <= ?"), expiry.claim_failures_from);
  forget(FORGET("token_keys", "id", "retires_at <= ?"), expiry.now);
#undef FORGET
  return max == limit;
}

}  // namespace hss::storage
