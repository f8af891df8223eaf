#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/server/connection.h"

namespace hss::storage {

/// Something that a user may do with a table, or with a column of it.
struct Right {
  std::string privilege;  ///< INSERT, say
  std::string column;     ///< empty: all of them
  std::string table;

  /// `INSERT on bookings`, `UPDATE of status on bookings`.
  std::string text() const;
};

/// Whether the connection's user has it. The table must be there.
using IsGranted = bool (*)(ServerConnection& connection, const Right& right);

/// What GRANT statements as in rights.sql grant.
std::vector<Right> rights_in(std::string_view grants);

/// What the connection's user lacks of them, as a list; empty if it may do all.
std::string list_missing_rights(ServerConnection& connection, std::string_view grants,
                                IsGranted is_granted);

}  // namespace hss::storage
