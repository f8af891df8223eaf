#include "storage/postgres/schema.h"

namespace hss::storage {

// Embedded at build time: packaging/sql/postgres/<version>_<what it does>.sql, and rights.sql.
extern const std::span<const char* const> postgres_steps;
extern const char postgres_rights[];

namespace {

bool is_granted(ServerConnection& connection, const Right& right) {
  const auto says_true = [](Query row) { return row.step() && row.text(0) == "true"; };
  if (right.column.empty()) {
    return says_true(
        Query(connection, "SELECT has_table_privilege(?, ?)::text", right.table, right.privilege));
  }
  return says_true(Query(connection, "SELECT has_column_privilege(?, ?, ?)::text", right.table,
                         right.column, right.privilege));
}

}  // namespace

const ServerSchema& postgres_schema() {
  static const ServerSchema schema{
      .steps = postgres_steps,
      .rights = postgres_rights,
      .quote = '"',
      .find_head =
          "SELECT 1 FROM information_schema.tables WHERE table_name = 'head'"
          " AND table_schema = current_schema()",
      .is_granted = is_granted};
  return schema;
}

}  // namespace hss::storage
