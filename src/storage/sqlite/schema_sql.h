#pragma once

#include <span>

namespace hss::storage {

/// schema.sql, embedded at build time.
extern const char schema_sql[];

/// The files src/storage/sqlite/<version>_<what it does>.sql, likewise: the first makes version 1,
/// each other one leads to the next version.
extern const std::span<const char* const> migration_sql;

}  // namespace hss::storage
