#pragma once

#include <functional>
#include <string>

#include "storage/server_address.h"

namespace hss::storage {

/// Calls `connect` with the password of the address. If the server rejects it and its source has
/// another one by now, calls it once more. Throws the exceptions of `connect`, and ServerFailure.
void sign_in(const ServerAddress& address,
             const std::function<void(const std::string& password)>& connect);

}  // namespace hss::storage
