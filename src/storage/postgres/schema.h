#pragma once

#include "storage/server/migrate.h"

namespace hss::storage {

/// The files of packaging/sql/postgres.
const ServerSchema& postgres_schema();

}  // namespace hss::storage
