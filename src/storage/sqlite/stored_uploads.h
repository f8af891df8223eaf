#pragma once

#include <string>
#include <vector>

#include "domain/uploads/upload.h"

namespace hss::storage {

/// The uploads of a database file whose files must be there; none in one of an older version, which
/// knew of none. Throws Error{unavailable} if it cannot be read.
std::vector<domain::Upload> list_stored_uploads(const std::string& database);

}  // namespace hss::storage
