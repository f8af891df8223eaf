#pragma once

#include <string_view>

#include "storage/server/failure.h"

namespace hss::storage {

ServerFailure::Kind kind_of(std::string_view sqlstate);

/// `message` is libpq's text of a connection that was not made. If that is from the server, in
/// whatever language, it must be in the verbose form, which has a code.
ServerFailure::Kind kind_of_connecting(std::string_view message);

/// True if libpq's text has what the server said, and not what libpq found by itself.
bool is_from_server(std::string_view message);

}  // namespace hss::storage
