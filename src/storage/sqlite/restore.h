#pragma once

#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

struct Restored {
  std::string aside;  ///< where what was there before lies now; empty where nothing was
  std::int64_t bookings = 0;
};

/// Puts a copy of the backup at `backup` in the place of the database at `path`, which nobody has
/// open, or of no file. The copy is checked first; what was there, its log included, is kept beside
/// it as `<path>.replaced` (and a number, where that exists) and can be opened and restored itself.
/// `backup` may be `path`: the file alone is taken then, without the log that is not its own.
///
/// Whenever it is broken off, there is the database of before, or the restored one, or one that
/// migrate() refuses and a second call makes whole. Throws Error, and has changed nothing, where
/// the backup is damaged, no HSS database or of a newer HSS, or where the database is in use.
Restored restore(const std::string& backup, const std::string& path, const Report& report);

}  // namespace hss::storage
