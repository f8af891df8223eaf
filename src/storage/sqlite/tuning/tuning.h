#pragma once

namespace hss::storage {

/// Replaces parts of SQLite so that a commit takes less time. A build with
/// HSS_WITH_SQLITE_TUNING=OFF leaves all of it out, and does the same on plain SQLite.

/// Applies to the whole process. Must be called before SQLite's first use.
void install_tuning();

/// The name of the VFS that the writing connection opens the file with; empty for SQLite's own.
const char* writer_vfs();

}  // namespace hss::storage
