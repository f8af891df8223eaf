#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/server/connection.h"

namespace hss::storage {

/// What the connection's user lacks of the `rights`, which are GRANT statements as in rights.sql:
/// `INSERT on bookings`, say. The tables must be there.
std::vector<std::string> find_missing_rights(ServerConnection& connection, std::string_view rights);

}  // namespace hss::storage
