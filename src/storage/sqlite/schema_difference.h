#pragma once

#include <string>
#include <vector>

#include "storage/sqlite/migrations.h"

namespace hss::storage {

/// What somebody else changed about the tables of a file of `version`, a sentence's end each: `the
/// table bookings has a column note, which HSS did not make`. None where the schema does not say
/// what version 1 was. Throws SQLite::Exception.
std::vector<std::string> find_differences(class Connection& connection, int version,
                                          const Schema& schema);

}  // namespace hss::storage
