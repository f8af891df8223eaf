#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/mysql/connection.h"
#include "storage/server/migrate.h"

namespace hss::storage {

/// The files of packaging/sql/mysql.
const ServerSchema& mysql_schema();

/// The statements of a text, without comments that stand on lines of their own.
std::vector<std::string> statements_of(std::string_view text);

/// Brings the tables to the schema's version. The server cannot undo a half of that, so the table
/// `schema_steps` has each statement that is done: a migration that ended anywhere goes on from
/// there. Calls `say` as migrate() does. Throws ServerFailure{newer_schema}, {busy}.
void migrate_mysql_schema(MysqlConnection& connection,
                          const std::function<void(const std::string&)>& say);

}  // namespace hss::storage
