#pragma once

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "platform/files.h"

namespace hss::storage {

/// The files of an open database, including the log and its index. If one of them is moved, deleted
/// or replaced, writes go to a file that nobody finds again, and SQLite does not report that.
/// Thread-safe.
class OpenFiles {
 public:
  /// `database` is in WAL mode, or in memory, which has no files. Throws SQLite::Exception.
  explicit OpenFiles(SQLite::Database& database);

  /// Throws SQLite::Exception with SQLITE_READONLY_DBMOVED unless each file is still at its path.
  void require_in_place() const;

  /// True if the disk has hardly any room left, as far as that can be found out.
  bool are_on_full_disk() const;

 private:
  struct File {
    std::string path;
    platform::FileIdentity identity;
  };
  std::vector<File> files_;
};

}  // namespace hss::storage
