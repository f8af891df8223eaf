#include "storage/sqlite/connection.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "storage/sqlite/database_file.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/tuning/tuning.h"
#include "storage/stored_text.h"

namespace hss::storage {
namespace {

constexpr int busy_timeout_ms = 5000;

/// For the whole process, before SQLite's first use. Where it is in use already this does nothing.
void configure_sqlite() {
  static const bool configured = [] {
    // It counts every allocation under one lock, for figures that nobody asks for.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // What would undo a statement stays in memory up to so many bytes, allocated at once.
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 4 * 1024 * 1024);
    install_tuning();
    return true;
  }();
  static_cast<void>(configured);
}

/// A file on a medium that nobody can write has no log, and SQLite could make none to read it.
bool is_unchanging(const std::string& path) {
  const bool is_writable =
      ::access(path.c_str(), W_OK) == 0 && ::access(folder_of(resolve(path)).c_str(), W_OK) == 0;
  return !is_writable && log_bytes(path) == 0;
}

/// What SQLite is told to open.
std::string location(const std::string& path, Connection::Mode mode) {
  if (mode != Connection::Mode::look || !is_unchanging(path)) return path;
  std::error_code unknown;
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path, unknown).string()) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (std::isalnum(byte) != 0 || c == '/') {
      uri += c;
    } else {
      uri += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return uri + "?immutable=1";
}

const char* vfs(Connection::Mode mode) {
  configure_sqlite();
  return mode == Connection::Mode::batches ? writer_vfs() : "";
}

int flags(Connection::Mode mode) {
  configure_sqlite();
  // A connection is used by one thread at a time, so it needs no lock of its own.
  const int without_lock = SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI;
  switch (mode) {
    case Connection::Mode::read_only:
      return SQLite::OPEN_READONLY | without_lock;
    case Connection::Mode::look:
      // The last one that may write takes the log and its index away with it.
      return SQLite::OPEN_READWRITE | without_lock;
    case Connection::Mode::read_write:
    case Connection::Mode::batches:
      break;
  }
  return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | without_lock;
}

/// Every statement is right for the tables that HSS makes, so one that SQLite does not take tells
/// that they are not there as they were made.
SQLite::Statement prepared(SQLite::Database& database, const char* sql) {
  try {
    return {database, sql};
  } catch (const SQLite::Exception& failure) {
    if (failure.getErrorCode() == SQLITE_ERROR) throw_damage("a table");
    throw;
  }
}

}  // namespace

Connection::Connection(const std::string& path, Mode mode)
    : database_(location(path, mode), flags(mode), busy_timeout_ms, vfs(mode)) {
  const bool is_reader = mode == Mode::read_only || mode == Mode::look;
  if (mode == Mode::look) database_.exec("PRAGMA query_only = ON");
  if (!is_reader) {
    // Readers and the writer do not wait for each other.
    database_.exec("PRAGMA journal_mode = WAL");
    // An answer means that it is on disk: every commit is synced.
    database_.exec("PRAGMA synchronous = FULL");
    database_.exec("PRAGMA foreign_keys = ON");
    // A step that replaces a row must meet the delete triggers too.
    database_.exec("PRAGMA recursive_triggers = ON");
    // Hashes and keys that were replaced are overwritten with zeroes where that costs no disk
    // access.
    database_.exec("PRAGMA secure_delete = FAST");
    // 8 MiB between checkpoints: each moves many commits' pages at once, and the commit that it
    // comes with is not much later for it.
    database_.exec("PRAGMA wal_autocheckpoint = 2000");
    // A WAL that grew behind a long reader gives its space back.
    database_.exec("PRAGMA journal_size_limit = 67108864");
  }
  if (mode == Mode::batches) {
    // As tuning/gathered_log.h asks for.
    database_.exec("PRAGMA cache_spill = OFF");
  } else {
    // Sorting and such stays off the disk. Not so for batches, which hardly sort: with it SQLite
    // would keep what undoes a statement in pieces of a kilobyte, which took a tenth of the
    // writer's time.
    database_.exec("PRAGMA temp_store = MEMORY");
  }
  // A page whose rows point out of it is damaged; else a search passes by what it looks for.
  database_.exec("PRAGMA cell_size_check = ON");
  // Pages kept, in KiB: the indexes' inner nodes at a million bookings. There is one writer and
  // there are several readers, so each of them gets less.
  database_.exec(is_reader ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -32768");
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

SQLite::Statement& Connection::statement(const char* sql) {
  auto& statement = statements_[sql];
  if (statement) {
    statement->clearBindings();
  } else {
    statement = std::make_unique<SQLite::Statement>(prepared(database_, sql));
  }
  return *statement;
}

std::string Query::text(int column) const {
  if (statement_.isColumnNull(column)) throw_damage("a text that is missing");
  std::string text = statement_.getColumn(column).getString();
  if (!is_stored_text(text)) throw_damage("a text");
  return text;
}

std::optional<std::string> Query::optional_text(int column) const {
  if (statement_.isColumnNull(column)) return std::nullopt;
  return text(column);
}

std::int64_t Query::integer(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  if (!value.isInteger()) throw_damage("a number");
  return value.getInt64();
}

std::string Query::time(int column) const {
  std::string time = text(column);
  if (!is_stored_time(time)) throw_damage("a time");
  return time;
}

std::optional<std::string> Query::optional_time(int column) const {
  if (statement_.isColumnNull(column)) return std::nullopt;
  return time(column);
}

std::string Query::secret(int column) const {
  std::string secret = blob(column);
  if (secret.find_first_not_of('\0') == secret.npos) throw_damage("a secret");
  return secret;
}

std::string Query::blob(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  return {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
}

void require_whole(Query neighbour) {
  if (neighbour.step()) neighbour.text(0);
}

}  // namespace hss::storage
