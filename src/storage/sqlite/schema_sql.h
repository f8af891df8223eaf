#pragma once

namespace hss::storage {

/// schema.sql, embedded at build time.
extern const char schema_sql[];
/// src/storage/sqlite/<version>_<what it does>.sql, likewise. The first is version 1 itself.
extern const char migration_1_sql[];
extern const char migration_2_sql[];
extern const char migration_3_sql[];
extern const char migration_4_sql[];
extern const char migration_5_sql[];
extern const char migration_6_sql[];
extern const char migration_7_sql[];

}  // namespace hss::storage
