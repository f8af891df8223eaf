#include "storage/copy/file_target.h"

#include <filesystem>
#include <system_error>

#include "storage/copy/file_failure.h"
#include "storage/copy/table.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/restore.h"

namespace hss::storage {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

FileTarget::FileTarget(const std::string& path, const Report& report)
    : path_(resolve(path)), report_(report) {
  std::error_code unknown;
  if (fs::is_directory(path_, unknown)) {
    throw Error(ErrorCode::conflict, path_ + " is a folder; name a file in it");
  }
  const FileLock nobody_has_it_open(path_);
}

void FileTarget::see_present(const std::function<void(Connection&)>& see) {
  const FileFormat format = format_of(path_);
  if (format == FileFormat::absent || format == FileFormat::empty) return;
  require_current(path_, hss_schema(), report_);
  with_error_translation([&] {
    SqliteConnection present(path_, SqliteConnection::Mode::look);
    see(present);
  });
}

void FileTarget::begin() {
  folder_.emplace(folder_of(path_));
  with_error_translation([&] {
    connection_ = std::make_unique<SqliteConnection>(part(), SqliteConnection::Mode::read_write);
    auto& database = connection_->database();
    build(*connection_, hss_schema());
    // Whatever goes wrong, the file is made anew. It is synced once it is complete.
    database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
    execute(*connection_, "BEGIN");
    // They want bookings to begin as submitted, and would count again what is counted.
    std::string drops;
    for (Query row(*connection_, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
         row.step();) {
      drops += "DROP TRIGGER " + row.text(0) + ";";
      triggers_.push_back(row.text(1));
    }
    database.exec(drops);
    for (const Table& table : copied_tables()) execute(*connection_, table.clear());
  });
}

void FileTarget::finish(const ChainLink&, std::int64_t) {
  with_error_translation([&] {
    for (const std::string& trigger : triggers_) connection_->database().exec(trigger);
    Query orphan(*connection_, "SELECT \"table\" FROM pragma_foreign_key_check");
    if (orphan.step()) {
      throw Error(ErrorCode::unavailable, "A row of " + orphan.text(0) +
                                              " refers to one that there is not; nothing was"
                                              " changed");
    }
  });
}

void FileTarget::require_sound(const std::stop_token& stop) {
  with_error_translation([&] {
    execute(*connection_, "COMMIT");
    connection_.reset();
    storage::require_sound(part(), path_, stop, report_);
  });
}

void FileTarget::commit() {
  with_error_translation([&] {
    connection_.reset();
    leave_wal_mode(part());
    sync(part());
    const FileLock lock(path_);
    put_in_place(part(), path_);
  });
}

void FileTarget::with_error_translation(const std::function<void()>& work) {
  translate_file_failures(path_, report_, work);
}

}  // namespace hss::storage
