#pragma once

namespace hss::storage {

/// schema.sql, embedded at build time.
extern const char schema_sql[];
/// src/storage/step_<version>.sql, likewise.
/// The first is version 1 itself.
extern const char step_1_sql[];
extern const char step_2_sql[];
extern const char step_3_sql[];
extern const char step_4_sql[];
extern const char step_5_sql[];
extern const char step_6_sql[];
extern const char step_7_sql[];

}  // namespace hss::storage
