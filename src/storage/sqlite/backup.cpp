#include "storage/sqlite/backup.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "platform/paths.h"
#include "storage/damage.h"
#include "storage/part_folder.h"
#include "storage/sql/audit_chain.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/integrity.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

Error stopped() {
  return {ErrorCode::unavailable, "The copy was broken off, and nothing of it is left"};
}

/// Interrupts a connection's statement when a stop is requested.
class Interruption {
 public:
  Interruption(SQLite::Database& database, const std::stop_token& stop)
      : callback_(stop, Interrupt{database.getHandle()}) {}

 private:
  struct Interrupt {
    sqlite3* database;
    void operator()() const { sqlite3_interrupt(database); }
  };
  std::stop_callback<Interrupt> callback_;
};

/// Throws if `to` cannot be created as a file beside others.
void require_new_name(const std::string& from, const std::string& to) {
  const auto reject = [](const std::string& sentence) {
    throw Error(ErrorCode::conflict, sentence);
  };
  if (to.empty()) reject("The backup needs the name of a file");
  if (to == "-" || to == ":memory:" || to.starts_with("file:")) {
    reject("A backup is a file, and " + to + " names none; name the file to make");
  }
  std::error_code unknown;
  if (fs::is_directory(to, unknown) || platform::is_separator(to.back())) {
    reject(to + " is a folder; name the file to make in it");
  }
  if (fs::exists(fs::symlink_status(to, unknown))) {
    reject(to + " exists already; choose another name for the backup");
  }
  for (const char* const ending : {"-wal", "-shm", "-journal"}) {
    if (resolve(to) == resolve(from) + ending) {
      reject(to + " is a name that the database itself needs; choose another for the backup");
    }
  }
}

/// Writes a second file, as only a new one is free of deleted rows: they remain in free pages.
/// Returns the number of webhooks that were left out.
int leave_secrets_out(const std::string& file, const std::string& to, const std::stop_token& stop) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  const Interruption interruption(database, stop);
  // The file is a copy, and is synced once it is complete.
  database.exec("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY");
  const int webhooks = database.execAndGet("SELECT count(*) FROM webhooks").getInt();
  // A response about a webhook has its whole address, in which receivers often put secrets.
  database.exec(
      "BEGIN; DELETE FROM sessions; DELETE FROM one_time_links; DELETE FROM device_marks;"
      " DELETE FROM token_keys; DELETE FROM claim_codes;"
      " DELETE FROM deliveries WHERE target IN (SELECT id FROM webhooks);"
      " DELETE FROM outbox_targets WHERE name IN (SELECT id FROM webhooks);"
      " DELETE FROM webhooks;"
      " DELETE FROM remembered_answers WHERE body LIKE '%\"WHK-%'; COMMIT");
  SQLite::Statement vacuum(database, "VACUUM INTO ?");
  vacuum.bind(1, to);
  vacuum.exec();
  return webhooks;
}

void report_broken_trail(const std::string& copy, const std::string& of, const Report& report) {
  SqliteConnection connection(copy, SqliteConnection::Mode::read_only);
  const auto trail = verify_chain(connection);
  if (trail.violation) report("the audit trail of " + of + " does not hold: " + *trail.violation);
}

}  // namespace

void copy_pages(const std::string& from, const std::string& to, const std::stop_token& stop) {
  constexpr int pages_at_once = 4096;
  SqliteConnection source(from, SqliteConnection::Mode::look);
  // One view covers all pages; otherwise each commit restarts the copy.
  SQLite::Transaction view(source.database());
  source.database().execAndGet("PRAGMA schema_version");
  SQLite::Database target(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  target.exec("PRAGMA synchronous = OFF");
  SQLite::Backup backup(target, source.database());
  for (;;) {
    const int result = backup.executeStep(pages_at_once);
    if (result == SQLITE_DONE) return;
    // Only the result reports a lock, and an unfinished copy is no backup.
    if (result != SQLITE_OK) throw SQLite::Exception("the copy was not finished", result);
    if (stop.stop_requested()) throw stopped();
  }
}

void require_sound(const std::string& copy, const std::string& of, const std::stop_token& stop,
                   const Report& report) {
  IntegrityCheck check(copy, SqliteConnection::Mode::read_only);
  const std::stop_callback on_stop(stop, [&check] { check.stop(); });
  switch (check.run()) {
    case IntegrityCheck::Outcome::sound:
      return;
    case IntegrityCheck::Outcome::unfinished:
      throw stopped();
    case IntegrityCheck::Outcome::damaged:
      break;
  }
  report("database: " + of + ": " + check.damage());
  throw Damaged();
}

int back_up(const std::string& from, const std::string& to, Secrets secrets, const Report& report,
            const std::stop_token& stop) {
  require_new_name(from, to);
  const PartFolder part(folder_of(to));
  std::string whole = part.file("copy");
  int webhooks = 0;
  try {
    copy_pages(from, whole, stop);
    leave_wal_mode(whole);
    require_sound(whole, from, stop, report);
    if (secrets == Secrets::left_out) {
      const std::string pages = whole;
      whole = part.file("tables");
      webhooks = leave_secrets_out(pages, whole, stop);
      require_sound(whole, to, stop, report);
      report_broken_trail(whole, from, report);
    }
  } catch (const DamagedValue&) {
    throw Damaged();
  } catch (const SQLite::Exception& failure) {
    if (stop.stop_requested()) throw stopped();
    if (is_damage(failure)) throw Damaged();
    const Error error = translate(failure, "back up " + from + " to " + to, report);
    throw Error(ErrorCode::unavailable,
                "The backup " + to + " could not be written: " + error.what());
  }
  sync(whole);
  rename_to_new(whole, to);
  sync(folder_of(to));
  return webhooks;
}

}  // namespace hss::storage
