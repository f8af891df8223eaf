#pragma once

#include <functional>

#include "storage/server/connection.h"

namespace hss::storage {

/// Runs work on a connection of its own, once more if that had ended, and translates failures for
/// clients (KeptConnection, Store::with_error_translation()).
using RunOnServer = std::function<void(const std::function<void(ServerConnection&)>&)>;

}  // namespace hss::storage
