#pragma once

#include <string>

#include "storage/failure.h"

namespace hss::storage {

/// Copies the database at `from` to the new file `to` with SQLite's online backup: safe while a
/// server writes, and what it holds is one moment's state. The copy appears under its name only
/// once it is whole and on disk. Throws Error{conflict} where `to` exists, Error{unavailable} where
/// it cannot be written; then nothing is left behind.
void back_up(const std::string& from, const std::string& to, const Report& report);

}  // namespace hss::storage
