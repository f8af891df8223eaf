#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/files.h"

namespace hss::storage {

/// A database file, read byte by byte without SQLite: SQLite takes any log beside a file for the
/// file's own, and mixes the two before it reports anything.
///
/// Nothing here may open a file that SQLite has open in this process, as the system drops all of a
/// process's locks on a file when any descriptor of it is closed.

enum class FileFormat {
  absent,
  empty,     ///< of zero bytes
  foreign,   ///< no SQLite database
  rollback,  ///< complete in one file, as every copy that HSS makes
  wal        ///< the newest changes may be in the log beside it
};

FileFormat format_of(const std::string& path);

/// The file that `path` resolves to. SQLite's log and index are beside that file.
std::string resolve(const std::string& path);

/// The size of the write-ahead log beside the file; 0 if there is none.
std::uintmax_t log_bytes(const std::string& path);

/// Throws Error{unavailable}, with a sentence that says what to do, if the log beside the file
/// belongs to another one: for example, if a copy replaced a database that had not been closed.
/// After an ordinary crash the log is the file's own, and has the last changes that were answered.
void require_own_log(const std::string& path);

/// Puts a copy that nobody has open, and that has no log, into rollback mode: a foreign log beside
/// it is then not taken for the log of an unclean end. Throws Error{unavailable}.
void leave_wal_mode(const std::string& path);

/// Keeps every other program's SQLite out of a file while the object lives.
class FileLock {
 public:
  /// Throws Error{conflict} if another program has the file open, Error{unavailable} if it cannot
  /// be locked. A missing file needs no lock.
  explicit FileLock(const std::string& path);

 private:
  platform::File file_;
};

/// True if another program has the file open as a database.
bool is_in_use(const std::string& path);

/// Renames without ever replacing a file. Throws Error{conflict} if `to` exists, and
/// Error{unavailable} if it cannot be created.
void rename_to_new(const std::string& from, const std::string& to);

/// Waits until the content of a file, or the entries of a folder, are on disk. Throws
/// Error{unavailable}.
void sync(const std::string& path);

/// The folder of the file: `.` for a bare name.
std::string folder_of(const std::string& path);

}  // namespace hss::storage
