#include "storage/sqlite/open_files.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <system_error>

namespace hss::storage {

OpenFiles::OpenFiles(SQLite::Database& database) {
  // The log and its index exist from the first read on.
  database.execAndGet("PRAGMA schema_version");
  const char* const name = sqlite3_db_filename(database.getHandle(), "main");
  const std::string path = name == nullptr ? "" : name;
  if (path.empty()) return;
  for (const char* const ending : {"", "-wal", "-shm"}) {
    const std::string file = path + ending;
    const auto identity = platform::identify(file);
    if (!identity) throw SQLite::Exception("no file " + file, SQLITE_READONLY_DBMOVED);
    files_.push_back({.path = file, .identity = *identity});
  }
}

void OpenFiles::require_in_place() const {
  for (const File& file : files_) {
    if (platform::identify(file.path) != file.identity) {
      throw SQLite::Exception(file.path + " is another file, or gone", SQLITE_READONLY_DBMOVED);
    }
  }
}

bool OpenFiles::are_on_full_disk() const {
  constexpr std::uintmax_t hardly_any = 64 * 1024;
  if (files_.empty()) return false;
  std::error_code unknown;
  const auto room = std::filesystem::space(files_.front().path, unknown);
  return !unknown && room.available < hardly_any;
}

}  // namespace hss::storage
