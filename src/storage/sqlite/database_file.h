#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hss::storage {

/// A database file as its bytes say it is, looked at without SQLite: where a log lies beside a
/// file, SQLite takes it for the file's own and mixes the two before it says a word.
///
/// Nothing here may look at a file that SQLite has open in this process, as the system drops a
/// process's locks on a file with the first descriptor of it that is closed.

enum class FileFormat {
  absent,
  empty,     ///< of no byte
  foreign,   ///< no SQLite database
  rollback,  ///< whole in one file, as every copy is that HSS makes
  wal        ///< the newest changes may lie in the log beside it
};

FileFormat format_of(const std::string& path);

/// The file that `path` leads to. What SQLite lays beside a database lies beside that one.
std::string resolve(const std::string& path);

/// Of the write-ahead log beside the file; 0 where there is none.
std::uintmax_t log_bytes(const std::string& path);

/// Throws Error{unavailable}, with a sentence that says what to do, where the log beside the file
/// belongs to another one: a copy was put in the place of a database that had not ended, say.
/// After an ordinary crash the log holds what was answered last, and is the file's own.
void require_own_log(const std::string& path);

/// Makes a copy that nobody has open, and that has no log, one in rollback mode: beside a log that
/// is not its own it is told apart from a file that has ended uncleanly. Throws Error{unavailable}.
void leave_wal_mode(const std::string& path);

/// Keeps every other program's SQLite away from a file for as long as it lives.
class FileLock {
 public:
  /// Throws Error{conflict} where another program has the file open, Error{unavailable} where it
  /// cannot be locked. A file that is not there needs no lock.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

/// True if another program has the file open as a database.
bool is_in_use(const std::string& path);

/// Renames without ever replacing a file. Throws Error{conflict} where `to` exists, and
/// Error{unavailable} where it cannot be made.
void rename_to_new(const std::string& from, const std::string& to);

/// Waits until what was written to the file, or what was made and renamed in the folder, is on
/// disk. Throws Error{unavailable}.
void sync(const std::string& path);

/// The folder that holds the file: `.` for a name alone.
std::string folder_of(const std::string& path);

}  // namespace hss::storage
