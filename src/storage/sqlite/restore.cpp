#include "storage/sqlite/restore.h"

#include <filesystem>
#include <system_error>

#include "platform/files.h"
#include "storage/part_folder.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/migrations.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

constexpr const char* log_ending = "-wal";
constexpr const char* journal_ending = "-journal";
constexpr const char* index_ending = "-shm";

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code unknown;
  return fs::equivalent(one, other, unknown);
}

void require_backup(const std::string& backup, const std::string& database) {
  std::error_code unknown;
  if (fs::is_directory(backup, unknown)) {
    throw Error(ErrorCode::conflict, backup + " is a folder; name a backup in it");
  }
  switch (format_of(backup)) {
    case FileFormat::absent:
      throw Error(ErrorCode::not_found, "There is no file " + backup + "; name a backup");
    case FileFormat::empty:
    case FileFormat::foreign:
      throw Error(ErrorCode::conflict, backup + " is not a database; name a backup");
    case FileFormat::rollback:
      break;
    case FileFormat::wal:
      if (is_same_file(backup, database)) {
        throw Error(ErrorCode::conflict, backup + " is the database itself; name a backup of it");
      }
      break;
  }
  if (fs::file_size(backup + journal_ending, unknown) > 0 && !unknown) {
    throw Error(ErrorCode::conflict, backup + " was not finished, as " + backup + journal_ending +
                                         " beside it says; name another backup");
  }
}

/// Copies the file alone if it is complete; otherwise its newest changes are in the log.
void copy(const std::string& backup, const std::string& to) {
  const bool is_alone =
      format_of(backup) == FileFormat::rollback || (log_bytes(backup) == 0 && !is_in_use(backup));
  if (!is_alone) return copy_pages(backup, to, {});
  std::error_code failure;
  fs::copy_file(backup, to, failure);
  if (failure) {
    throw Error(ErrorCode::unavailable,
                backup + " cannot be copied to " + to + " (" + platform::reason_of(failure) + ")");
  }
}

Error damaged(const std::string& backup) {
  return {ErrorCode::conflict,
          backup + " is damaged, and nothing was changed; name another backup"};
}

/// Returns the number of bookings.
std::int64_t require_ours(const std::string& copy, const std::string& backup) {
  SqliteConnection connection(copy, SqliteConnection::Mode::read_only);
  auto& database = connection.database();
  if (database.execAndGet("PRAGMA application_id").getInt() != application_id) {
    throw Error(ErrorCode::conflict, backup + " is not a database of HSS; name a backup");
  }
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  if (version > hss_schema().version) {
    throw Error(ErrorCode::conflict,
                backup + " was made by a newer HSS (version " + std::to_string(version) +
                    " of the database, this program knows " + std::to_string(hss_schema().version) +
                    "); restore it with that one");
  }
  return database.execAndGet("SELECT count(*) FROM bookings").getInt64();
}

/// Gives the file a second name, or copies it if the file system has no links. Returns false if
/// there is no such file.
bool keep_as(const std::string& path, const std::string& aside) {
  std::error_code failure;
  fs::create_hard_link(path, aside, failure);
  if (!failure) return true;
  if (failure == std::errc::no_such_file_or_directory) return false;
  fs::copy_file(path, aside, failure);
  if (!failure) return true;
  throw Error(ErrorCode::unavailable, path + " cannot be kept as " + aside + " (" +
                                          platform::reason_of(failure) + "); nothing was changed");
}

std::string free_name_aside(const std::string& path) {
  const std::string name = path + ".replaced";
  std::string free = name;
  const auto is_taken = [&] {
    for (const char* const ending : {"", log_ending, journal_ending, index_ending}) {
      if (fs::exists(fs::symlink_status(free + ending))) return true;
    }
    return false;
  };
  for (int i = 2; is_taken(); ++i) free = name + "." + std::to_string(i);
  return free;
}

/// Keeps the present files beside themselves, under a name with which SQLite opens the log.
std::string put_aside(const std::string& path) {
  const std::string aside = free_name_aside(path);
  bool kept = false;
  for (const char* const ending : {"", log_ending, journal_ending}) {
    kept = keep_as(path + ending, aside + ending) || kept;
  }
  sync(folder_of(path));
  return kept ? aside : "";
}

void remove_file(const std::string& path) {
  std::error_code failure;
  fs::remove(path, failure);
  if (failure) {
    throw Error(ErrorCode::unavailable, path + " cannot be moved away (" +
                                            platform::reason_of(failure) +
                                            "); mend that, and say it again");
  }
}

}  // namespace

Restored restore(const std::string& backup, const std::string& path, const Report& report) {
  const std::string target = resolve(path);
  require_backup(backup, target);
  std::error_code failure;
  if (fs::is_directory(target, failure)) {
    throw Error(ErrorCode::conflict, path + " is a folder; name a file with --db");
  }
  fs::create_directories(folder_of(target), failure);
  const FileLock lock(target);
  const PartFolder part(folder_of(target));
  const std::string file = part.file("database");
  Restored restored;
  try {
    copy(backup, file);
    leave_wal_mode(file);
    require_sound(file, backup, {}, report);
    restored.bookings = require_ours(file, backup);
  } catch (const SQLite::Exception& cause) {
    if (is_damage(cause)) throw damaged(backup);
    throw translate(cause, "restore " + backup, report);
  } catch (const Damaged&) {
    throw damaged(backup);
  }
  restored.aside = put_in_place(file, target);
  return restored;
}

std::string put_in_place(const std::string& file, const std::string& path) {
  // The user that ran HSS on the file before still can.
  platform::copy_access(path, file);
  sync(file);
  const std::string aside = put_aside(path);
  // SQLite would play a journal back into the new file, so the journal is removed first. The log is
  // removed last: beside the restored file it is recognized as foreign, and until then it belongs
  // to the old one.
  remove_file(path + journal_ending);
  if (const auto failure = platform::rename_over(file, path)) {
    throw Error(ErrorCode::unavailable,
                path + " cannot be replaced (" + platform::reason_of(failure) + ")");
  }
  sync(folder_of(path));
  remove_file(path + log_ending);
  remove_file(path + index_ending);
  sync(folder_of(path));
  return aside;
}

}  // namespace hss::storage
