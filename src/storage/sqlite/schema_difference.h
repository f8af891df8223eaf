#pragma once

#include <string>
#include <vector>

#include "storage/sqlite/migrations.h"

namespace hss::storage {

/// Lists the changes that others made to the tables of a file of `version`, each as the end of a
/// sentence: `the table bookings has a column note, which HSS did not make`. Empty if the schema
/// does not know version 1. Throws SQLite::Exception.
std::vector<std::string> find_differences(class SqliteConnection& connection, int version,
                                          const Schema& schema);

}  // namespace hss::storage
