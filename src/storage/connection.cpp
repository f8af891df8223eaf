#include "storage/connection.h"

#include <sqlite3.h>

#include "storage/gathered_log.h"
#include "storage/page_cache.h"

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
    install_page_cache();
    return true;
  }();
  static_cast<void>(configured);
}

const char* vfs(Connection::Mode mode) {
  configure_sqlite();
  return mode == Connection::Mode::batches ? gathered_log_vfs() : "";
}

int flags(Connection::Mode mode) {
  configure_sqlite();
  // A connection is used by one thread at a time, so it needs no lock of its own.
  const int access = mode == Connection::Mode::read_only
                         ? SQLite::OPEN_READONLY
                         : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return access | SQLite::OPEN_NOMUTEX;
}

}  // namespace

Connection::Connection(const std::string& path, Mode mode)
    : database_(path, flags(mode), busy_timeout_ms, vfs(mode)) {
  if (mode != Mode::read_only) {
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
    // 8 MiB between checkpoints: each moves many commits' pages at once, and the commit that it comes
    // with is not much later for it.
    database_.exec("PRAGMA wal_autocheckpoint = 2000");
    // A WAL that grew behind a long reader gives its space back.
    database_.exec("PRAGMA journal_size_limit = 67108864");
  }
  if (mode == Mode::batches) {
    // As gathered_log.h asks for.
    database_.exec("PRAGMA cache_spill = OFF");
  } else {
    // Sorting and such stays off the disk. Not so for batches, which hardly sort: with it SQLite
    // would keep what undoes a statement in pieces of a kilobyte, which took a tenth of the
    // writer's time.
    database_.exec("PRAGMA temp_store = MEMORY");
  }
  // Pages kept, in KiB: the indexes' inner nodes at a million bookings. There is one writer and
  // there are several readers, so each of them gets less.
  database_.exec(mode == Mode::read_only ? "PRAGMA cache_size = -8192"
                                         : "PRAGMA cache_size = -32768");
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
