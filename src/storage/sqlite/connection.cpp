#include "storage/sqlite/connection.h"

#include <sqlite3.h>

#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "platform/files.h"
#include "storage/damage.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/search_index.h"

namespace hss::storage {
namespace {

constexpr int busy_timeout_ms = 5000;

/// Applies to the whole process, before SQLite's first use; does nothing later.
void configure_sqlite() {
  static const bool configured = [] {
    // SQLite counts every allocation under one lock, for figures that nobody reads.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // A statement's undo journal stays in memory up to so many bytes, which are allocated at once.
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 4 * 1024 * 1024);
    return true;
  }();
  static_cast<void>(configured);
}

/// True for a file on read-only media, without a log: SQLite could not create one to read it.
bool is_unchanging(const std::string& path) {
  const bool is_writable =
      platform::can_write(path) && platform::can_write(folder_of(resolve(path)));
  return !is_writable && log_bytes(path) == 0;
}

/// The file name or URI that SQLite opens.
std::string location(const std::string& path, SqliteConnection::Mode mode) {
  if (mode != SqliteConnection::Mode::look || !is_unchanging(path)) return path;
  std::error_code unknown;
  const std::string whole = std::filesystem::absolute(path, unknown).generic_string();
  // Windows' C:/ has no slash in front.
  std::string uri = whole.starts_with('/') ? "file://" : "file:///";
  for (const char c : whole) {
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

int flags(SqliteConnection::Mode mode) {
  configure_sqlite();
  // Only one thread at a time uses a connection, so it needs no lock.
  const int without_lock = SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI;
  switch (mode) {
    case SqliteConnection::Mode::read_only:
      return SQLite::OPEN_READONLY | without_lock;
    case SqliteConnection::Mode::look:
      // The last connection that may write removes the log and its index.
      return SQLite::OPEN_READWRITE | without_lock;
    case SqliteConnection::Mode::read_write:
    case SqliteConnection::Mode::batches:
      break;
  }
  return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | without_lock;
}

/// Every statement fits the tables that HSS creates, so a statement that SQLite rejects means that
/// the tables are not as they were created.
SQLite::Statement prepared(SQLite::Database& database, const char* sql) {
  try {
    return {database, sql};
  } catch (const SQLite::Exception& failure) {
    if (failure.getErrorCode() == SQLITE_ERROR) throw_damage("a table");
    throw;
  }
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Mode mode)
    : database_(location(path, mode), flags(mode), busy_timeout_ms) {
  const bool is_reader = mode == Mode::read_only || mode == Mode::look;
  if (mode == Mode::look) database_.exec("PRAGMA query_only = ON");
  if (!is_reader) {
    // Readers and the writer do not wait for each other.
    database_.exec("PRAGMA journal_mode = WAL");
    // A response means that the change is on disk: every commit is synced.
    database_.exec("PRAGMA synchronous = FULL");
    database_.exec("PRAGMA foreign_keys = ON");
    // A migration that replaces a row must fire the delete triggers, too.
    database_.exec("PRAGMA recursive_triggers = ON");
    // Replaced hashes and keys are overwritten with zeroes if that costs no disk access.
    database_.exec("PRAGMA secure_delete = FAST");
    // 8 MiB between checkpoints: each moves the pages of many commits at once, and hardly delays
    // the commit that triggers it.
    database_.exec("PRAGMA wal_autocheckpoint = 2000");
    // A WAL that has grown behind a long reader gives its space back.
    database_.exec("PRAGMA journal_size_limit = 67108864");
  }
  // Sorting and the like stays off the disk. Connections for batches go without, as they hardly
  // sort: SQLite would keep undo journals in pieces of a kilobyte, which took a tenth of the
  // writer's time.
  if (mode != Mode::batches) database_.exec("PRAGMA temp_store = MEMORY");
  // SQLite reports a page whose cells point outside it as damage; otherwise a search would miss
  // them.
  database_.exec("PRAGMA cell_size_check = ON");
  // Cache size in KiB: enough for the indexes' inner nodes at a million bookings. There is one
  // writer and there are several readers, so each reader gets less.
  database_.exec(is_reader ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -32768");
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

std::uint64_t SqliteConnection::changes() const {
  return static_cast<std::uint64_t>(database_.getTotalChanges());
}

const SearchIndex& SqliteConnection::search_index() const {
  static const SqliteSearchIndex index;
  return index;
}

/// A kept statement of SQLite's.
class SqliteConnection::Kept final : public Statement {
 public:
  explicit Kept(SQLite::Statement statement) : statement_(std::move(statement)) {}

  void clear() { statement_.clearBindings(); }

  void bind_null(int index) override { statement_.bind(index); }
  void bind(int index, std::int64_t value) override { statement_.bind(index, value); }
  void bind_text(int index, std::string_view value) override {
    statement_.bind(index, std::string(value));
  }
  void bind_borrowed(int index, const std::string& value) override {
    statement_.bindNoCopy(index, value);
  }
  void bind_blob(int index, std::string_view value) override {
    statement_.bind(index, value.data(), static_cast<int>(value.size()));
  }

  bool step() override { return statement_.executeStep(); }
  int execute() override {
    try {
      return statement_.exec();
    } catch (const SQLite::Exception& failure) {
      if (failure.getErrorCode() != SQLITE_CONSTRAINT) throw;
      throw ConstraintViolation(failure.what());
    }
  }
  void enqueue() override { execute(); }
  void reset() noexcept override { statement_.tryReset(); }

  bool is_null(int column) const override { return statement_.isColumnNull(column); }
  std::optional<std::int64_t> integer(int column) const override {
    const SQLite::Column value = statement_.getColumn(column);
    if (!value.isInteger()) return std::nullopt;
    return value.getInt64();
  }
  std::string text(int column) const override { return statement_.getColumn(column).getString(); }
  std::string blob(int column) const override {
    const SQLite::Column value = statement_.getColumn(column);
    return {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
  }

 private:
  // Reading a column changes nothing, but SQLiteCpp's function for it is not const.
  mutable SQLite::Statement statement_;
};

SqliteConnection::~SqliteConnection() = default;

Statement& SqliteConnection::statement(const char* sql) {
  auto& statement = statements_[sql];
  if (statement) {
    statement->clear();
  } else {
    statement = std::make_unique<Kept>(prepared(database_, sql));
  }
  return *statement;
}

}  // namespace hss::storage
