#include "storage/connection.h"

#include <sqlite3.h>

#include "storage/gathered_log.h"
#include "storage/search.h"

namespace hss::storage {
namespace {

constexpr int busy_timeout_ms = 5000;

/// Before SQLite's first use: it counts every allocation under one lock of the whole process, for
/// figures that nobody asks for. Where SQLite is in use already this does nothing.
void count_no_allocations() {
  [[maybe_unused]] static const int counted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const char* vfs(Connection::Mode mode) {
  count_no_allocations();
  return mode == Connection::Mode::read_only ? "" : gathered_log_vfs();
}

int flags(Connection::Mode mode) {
  count_no_allocations();
  // A connection is used by one thread at a time, so it needs no lock of its own.
  const int access = mode == Connection::Mode::read_only
                         ? SQLite::OPEN_READONLY
                         : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return access | SQLite::OPEN_NOMUTEX;
}

}  // namespace

Connection::Connection(const std::string& path, Mode mode)
    : database_(path, flags(mode), busy_timeout_ms, vfs(mode)) {
  if (mode == Mode::read_write) {
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
    // 16 MiB between checkpoints: each moves many commits' pages at once.
    database_.exec("PRAGMA wal_autocheckpoint = 4000");
    // A WAL that grew behind a long reader gives its space back.
    database_.exec("PRAGMA journal_size_limit = 67108864");
  }
  add_word_function(database_);
  // Sorting and such stays off the disk. The writer hardly sorts, and in memory SQLite keeps what
  // it would undo of a statement in pieces of a kilobyte, which took a tenth of its time.
  if (mode == Mode::read_only) database_.exec("PRAGMA temp_store = MEMORY");
  // Pages kept, in KiB: the indexes' inner nodes at a million bookings. There is one writer and
  // there are several readers, so each of them gets less.
  database_.exec(mode == Mode::read_write ? "PRAGMA cache_size = -32768"
                                          : "PRAGMA cache_size = -8192");
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

SQLite::Statement& Connection::statement(const char* sql) {
  auto& statement = statements_[sql];
  if (statement) {
    statement->clearBindings();
  } else {
    statement = std::make_unique<SQLite::Statement>(database_, sql);
  }
  return *statement;
}

std::string Query::text(int column) const {
  return statement_.getColumn(column).getString();
}

std::optional<std::string> Query::optional_text(int column) const {
  if (statement_.isColumnNull(column)) return std::nullopt;
  return text(column);
}

std::string Query::blob(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  return {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
}

}  // namespace hss::storage
