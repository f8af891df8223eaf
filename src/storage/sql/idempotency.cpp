#include "storage/sql/idempotency.h"

namespace hss::storage {

std::optional<domain::IdempotencyRecord> SqlIdempotencyStore::find(std::string_view scope,
                                                                   std::string_view key,
                                                                   std::string_view not_before) {
  Query row(connection_,
            "SELECT fingerprint, status, body, location, created_at FROM remembered_answers"
            " WHERE scope = ? AND \"key\" = ?",
            scope, key);
  if (!row.step()) {
    require_whole(Query(connection_,
                        "SELECT \"key\" FROM remembered_answers WHERE scope = ? AND \"key\" < ?"
                        " ORDER BY \"key\" DESC LIMIT 1",
                        scope, key));
    return std::nullopt;
  }
  // Checked here, as a damaged time must not pass for an expired one: the change would be made
  // again.
  if (row.text(4) < not_before) return std::nullopt;
  return domain::IdempotencyRecord{.scope = std::string(scope),
                                   .key = std::string(key),
                                   .fingerprint = row.text(0),
                                   .status = static_cast<int>(row.integer(1)),
                                   .body = row.text(2),
                                   .location = row.text(3),
                                   .created_at = row.text(4)};
}

void SqlIdempotencyStore::insert(const domain::IdempotencyRecord& answer,
                                 std::string_view not_before) {
  // Deletes two for each one in: the table shrinks by itself, and no request pays for a big
  // clean-up.
  enqueue(connection_,
          "DELETE FROM remembered_answers WHERE (scope, \"key\") IN (SELECT scope, \"key\" FROM"
          " (SELECT scope, \"key\" FROM remembered_answers WHERE created_at < ?"
          " ORDER BY created_at LIMIT 2) AS expired)",
          not_before);
  enqueue(connection_,
          "DELETE FROM remembered_answers WHERE scope = ? AND \"key\" = ? AND created_at < ?",
          answer.scope, answer.key, not_before);
  enqueue(connection_,
          "INSERT INTO remembered_answers (scope, \"key\", fingerprint, status, body,"
          " location, created_at, holder) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          answer.scope, answer.key, answer.fingerprint, answer.status, answer.body, answer.location,
          answer.created_at, answer.holder);
}

std::optional<std::string> SqlIdempotencyStore::find_blocking(std::string_view holder,
                                                              std::string_view not_before,
                                                              int max) {
  // Reads only the index, at most `max` entries of it.
  Query row(connection_,
            "SELECT created_at FROM remembered_answers INDEXED BY remembered_answers_by_holder"
            " WHERE holder = ?1 AND holder <> '' AND created_at >= ?2"
            " ORDER BY created_at DESC LIMIT 1 OFFSET ?3",
            holder, not_before, max - 1);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

}  // namespace hss::storage
