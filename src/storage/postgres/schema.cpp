#include "storage/postgres/schema.h"

namespace hss::storage {

// Embedded at build time: packaging/sql/postgres/<version>_<what it does>.sql, and rights.sql.
extern const std::span<const char* const> postgres_steps;
extern const char postgres_rights[];

const ServerSchema& postgres_schema() {
  static const ServerSchema schema{.steps = postgres_steps,
                                   .rights = postgres_rights,
                                   .quote = '"',
                                   .find_head =
                                       "SELECT 1 FROM information_schema.tables WHERE"
                                       " table_name = 'head' AND table_schema = current_schema()"};
  return schema;
}

}  // namespace hss::storage
