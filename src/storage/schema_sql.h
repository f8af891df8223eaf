#pragma once

namespace hss::storage {

/// schema.sql, embedded at build time.
extern const char schema_sql[];
/// src/storage/step_2.sql, likewise.
extern const char step_2_sql[];

}  // namespace hss::storage
