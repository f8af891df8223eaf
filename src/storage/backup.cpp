#include "storage/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "storage/connection.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;

/// A rename is on disk once its folder is.
void sync_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// The copy that is being made, and what SQLite laid beside it.
void remove_part(const std::string& part) {
  std::error_code ignored;
  for (const char* const ending : {"", "-journal"}) fs::remove(part + ending, ignored);
}

void copy(const std::string& from, const std::string& to) {
  constexpr int all_pages = -1;
  Connection source(from, Connection::Mode::read_only);
  SQLite::Database target(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  SQLite::Backup backup(target, source.database());
  // A lock is told by the result alone, and what was copied by then is no backup.
  if (const int result = backup.executeStep(all_pages); result != SQLITE_DONE) {
    throw SQLite::Exception("the copy was not finished", result);
  }
}

/// Gives how many webhooks there were.
int leave_secrets_out(const std::string& file) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  // One file, whole once the transaction is: nothing of it lies in a log beside it.
  database.exec("PRAGMA journal_mode = DELETE");
  database.exec("PRAGMA synchronous = FULL");
  // What is deleted is overwritten, too.
  database.exec("PRAGMA secure_delete = ON");
  const int webhooks = database.execAndGet("SELECT count(*) FROM webhooks").getInt();
  // An answer about a webhook has its whole address, in which receivers like to have secrets.
  database.exec(
      "BEGIN; DELETE FROM sessions; DELETE FROM one_time_links; DELETE FROM device_marks;"
      " DELETE FROM token_keys;"
      " DELETE FROM deliveries WHERE target IN (SELECT id FROM webhooks);"
      " DELETE FROM outbox_targets WHERE name IN (SELECT id FROM webhooks);"
      " DELETE FROM webhooks;"
      " DELETE FROM remembered_answers WHERE body LIKE '%\"WHK-%'; COMMIT");
  return webhooks;
}

}  // namespace

int back_up(const std::string& from, const std::string& to, Secrets secrets, const Report& report) {
  using domain::Error;
  using domain::ErrorCode;
  if (to.empty()) throw Error(ErrorCode::conflict, "The backup needs the name of a file");
  std::error_code ignored;
  if (fs::exists(to, ignored)) {
    throw Error(ErrorCode::conflict, to + " exists already; choose another name for the backup");
  }
  const std::string part = to + ".part";
  int webhooks = 0;
  try {
    remove_part(part);
    copy(from, part);
    if (secrets == Secrets::left_out) webhooks = leave_secrets_out(part);
  } catch (const SQLite::Exception& failure) {
    remove_part(part);
    const Error told = translate(failure, "back up " + from + " to " + to, report);
    throw Error(ErrorCode::unavailable,
                "The backup " + to + " could not be written: " + told.what());
  }
  std::error_code failure;
  fs::rename(part, to, failure);
  if (failure) {
    remove_part(part);
    throw Error(ErrorCode::unavailable,
                "The backup " + to + " could not be written: " + failure.message());
  }
  sync_folder(to);
  return webhooks;
}

}  // namespace hss::storage
