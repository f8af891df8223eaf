#pragma once

namespace hss::storage {

/// schema.sql, embedded at build time.
extern const char schema_sql[];

}  // namespace hss::storage
