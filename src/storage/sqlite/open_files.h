#pragma once

#include <SQLiteCpp/Database.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace hss::storage {

/// The files of an open database, the log and its index among them. Where one of them was moved,
/// deleted or replaced, what is written goes where nobody finds it again, which SQLite does not
/// say. Thread-safe.
class OpenFiles {
 public:
  /// `database` is in WAL mode, or in memory, where there are no files. Throws SQLite::Exception.
  explicit OpenFiles(SQLite::Database& database);

  /// Throws SQLite::Exception with SQLITE_READONLY_DBMOVED unless each is still at its path.
  void require_in_place() const;

  /// True if the disk has hardly any room left, as far as can be told.
  bool are_on_full_disk() const;

 private:
  struct File {
    std::string path;
    dev_t device;
    ino_t number;
  };
  std::vector<File> files_;
};

}  // namespace hss::storage
