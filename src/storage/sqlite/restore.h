#pragma once

#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

struct Restored {
  std::string aside;  ///< the path of the files that were replaced; empty if there were none
  std::int64_t bookings = 0;
};

/// Replaces the database at `path`, or no file, by a copy of the backup at `backup`. Nobody may
/// have the database open. Checks the copy first; keeps the old files, including the log, as
/// `<path>.replaced` (and a number, if that exists), which can be opened and restored itself.
/// `backup` may be `path`: then only the file is read, without the log that is not its own.
///
/// Whenever it is interrupted, there is the old database, or the restored one, or one that
/// migrate() rejects and a second call completes. Throws Error, and has changed nothing, if the
/// backup is damaged, is no HSS database or one of a newer HSS, or if the database is in use.
Restored restore(const std::string& backup, const std::string& path, const Report& report);

/// The last step of it: puts a complete, checked file, which nobody has open, in the place of the
/// database at `path`, or of no file, and keeps the old files. The caller holds the lock of `path`.
/// Returns the path of the old files; empty if there were none.
std::string put_in_place(const std::string& file, const std::string& path);

}  // namespace hss::storage
