#include "storage/sqlite/migrations.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "platform/files.h"
#include "storage/damage.h"
#include "storage/sql/moved.h"
#include "storage/sql/new_bookings.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/integrity.h"
#include "storage/sqlite/schema_difference.h"
#include "storage/sqlite/schema_sql.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

/// What SQL alone cannot do in the step to a version.
constexpr std::array<std::pair<int, void (*)(Connection&)>, 1> functions{
    {{7, [](Connection& connection) { index_new_bookings(connection, Phones::unknown); }}}};

std::vector<Migration> embedded_migrations() {
  std::vector<Migration> migrations;
  for (std::size_t i = 1; i < migration_sql.size(); ++i) {
    migrations.push_back({.to = static_cast<int>(i) + 1, .sql = migration_sql[i]});
  }
  for (const auto& [to, function] : functions) {
    migrations[static_cast<std::size_t>(to) - 2].then = function;
  }
  return migrations;
}

Error reject(const std::string& sentence) {
  return {ErrorCode::unavailable, sentence};
}

Error cannot_open(const std::string& path, const SQLite::Exception& failure, const Report& report) {
  const Error error = translate(failure, "open " + path, report);
  return reject(path + " cannot be opened: " + error.what());
}

void make_folder(const fs::path& file) {
  const fs::path folder = file.parent_path();
  if (folder.empty()) return;
  std::error_code failure;
  if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), failure);
  if (!failure) failure = platform::make_private_folder(folder.string());
  if (!fs::is_directory(folder)) {
    throw reject("The folder " + folder.string() + " cannot be made (" +
                 platform::reason_of(failure) + "); choose another place with --db");
  }
}

/// The name, followed by a number if an earlier attempt has left a file.
std::string free_name(const std::string& name) {
  std::string free = name;
  for (int i = 2; fs::exists(free); ++i) free = name + "." + std::to_string(i);
  return free;
}

int pragma(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt();
}

/// The file's version, 0 for an empty one. Throws if HSS may not use the file.
int version_of(const std::string& path, const Schema& schema, SqliteConnection::Mode mode,
               const Report& report) {
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  require_own_log(path);
  if (status.type() == fs::file_type::not_found) return 0;
  if (status.type() == fs::file_type::none) {
    throw reject(path + " cannot be opened (" + platform::reason_of(unknown) +
                 "); choose another with --db");
  }
  if (status.type() == fs::file_type::directory) {
    throw reject(path + " is a folder; name a file with --db");
  }
  if (status.type() != fs::file_type::regular) {
    throw reject(path + " is not a file; choose another with --db");
  }
  const FileFormat format = format_of(path);
  if (format == FileFormat::empty) return 0;
  if (format == FileFormat::foreign) {
    throw reject(path + " is not a database; choose another file with --db");
  }
  try {
    SqliteConnection connection(path, mode);
    auto& database = connection.database();
    const int version = pragma(database, "PRAGMA user_version");
    if (pragma(database, "PRAGMA application_id") != application_id) {
      if (version == 0 && pragma(database, "SELECT count(*) FROM sqlite_schema") == 0) return 0;
      throw reject(path + " is the database of another program; choose another file with --db");
    }
    if (version > schema.version) {
      throw reject(path + " was made by a newer HSS (version " + std::to_string(version) +
                   " of the database, this program knows " + std::to_string(schema.version) +
                   "); run that one, or choose another file with --db");
    }
    return version;
  } catch (const SQLite::Exception& failure) {
    if (failure.getErrorCode() == SQLITE_NOTADB) {
      throw reject(path + " is not a database; choose another file with --db");
    }
    throw cannot_open(path, failure, report);
  }
}

/// Checks a file that ended uncleanly, as migrate() describes.
bool look_through(const std::string& path, const Report& report) {
  // Leaves the rest of the start what remains of 200 ms.
  constexpr std::chrono::milliseconds max_time(180);
  try {
    IntegrityCheck check(path, SqliteConnection::Mode::read_only);
    const auto outcome = check.run_for(max_time);
    if (outcome != IntegrityCheck::Outcome::damaged) {
      return outcome == IntegrityCheck::Outcome::unfinished;
    }
    report("database: " + path + ": " + check.damage());
  } catch (const SQLite::Exception& failure) {
    if (!is_damage(failure)) throw cannot_open(path, failure, report);
  }
  throw reject(path +
               " is damaged, and was left as it is; restore a backup with hss restore FILE --db " +
               path + ", which keeps what lies there now");
}

/// SQLite would only report that it cannot open the file. A missing folder is created later.
void require_writable(const std::string& path) {
  std::error_code unknown;
  if (fs::is_regular_file(path, unknown) && !platform::can_write(path)) {
    throw reject(path +
                 " cannot be written; mend its permissions, or choose another file with --db");
  }
  const fs::path parent = fs::weakly_canonical(path, unknown).parent_path();
  const fs::path folder = parent.empty() ? "." : parent;
  if (fs::is_directory(folder, unknown) && !platform::can_write(folder.string())) {
    throw reject(path +
                 " cannot be opened, as its folder cannot be written; mend the folder's"
                 " permissions, or choose another file with --db");
  }
}

void apply(SqliteConnection& connection, const Migration& migration) {
  auto& database = connection.database();
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = pragma(database, "PRAGMA user_version");
  // Another hss process may have been faster.
  if (version >= migration.to) return;
  // Bookings that wait to be indexed and counted would be lost with a table that the migration
  // drops. Older files store the positions in other tables, which their migrations handle.
  constexpr int first_with_these_positions = 7;
  if (version >= first_with_these_positions) {
    const Positions positions = read_positions(connection);
    count_pending_bookings(connection, positions, 0);
    constexpr int first_with_phones = 13;
    index_pending_bookings(connection, positions, 0,
                           version < first_with_phones ? Phones::unknown : Phones::known);
  }
  database.exec(migration.sql);
  if (migration.then != nullptr) migration.then(connection);
  database.exec("PRAGMA application_id = " + std::to_string(application_id));
  database.exec("PRAGMA user_version = " + std::to_string(migration.to));
  transaction.commit();
}

/// Throws if somebody changed the tables so that the migrations fail. Tries them only if there is a
/// difference, and rolls back.
void require_steps_fit(const std::string& path, int version, const Schema& schema,
                       const Report& report) {
  std::string differences;
  try {
    SqliteConnection connection(path, SqliteConnection::Mode::read_write);
    for (const std::string& difference : find_differences(connection, version, schema)) {
      differences += (differences.empty() ? "" : ", and ") + difference;
    }
    if (differences.empty()) return;
    SQLite::Transaction undone(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const Migration& migration : schema.migrations) {
      if (migration.to > version) connection.database().exec(migration.sql);
    }
  } catch (const SQLite::Exception& failure) {
    if (differences.empty()) throw cannot_open(path, failure, report);
    throw reject(path + " cannot be brought from version " + std::to_string(version) + " to " +
                 std::to_string(schema.version) + ": " + differences +
                 ". Nothing was changed; undo that change of the tables, or choose another file "
                 "with --db");
  }
}

bool has_same_bytes(const std::string& one, const std::string& other) {
  std::error_code unknown;
  if (fs::file_size(one, unknown) != fs::file_size(other, unknown) || unknown) return false;
  std::ifstream first(fs::path(one), std::ios::binary), second(fs::path(other), std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(first), Bytes(), Bytes(second), Bytes());
}

/// Keeps one copy per version: if an interrupted start has left an identical one, that one stays.
/// Returns the name of a new copy.
std::string copy_before_steps(const std::string& path, int version, const Report& report) {
  const std::string name = path + ".v" + std::to_string(version) + ".backup";
  const std::string made = free_name(name);
  back_up(path, made, Secrets::kept, report);
  for (std::string earlier = name; earlier != made;) {
    if (has_same_bytes(earlier, made)) {
      fs::remove(made);
      return "";
    }
    const std::string number = earlier == name ? "1" : earlier.substr(name.size() + 1);
    earlier = name + "." + std::to_string(std::stoi(number) + 1);
  }
  return made;
}

/// A start that changed nothing removes its copy, as repeated starts would fill the disk.
void remove_needless_copy(const std::string& path, int version, const std::string& copy) {
  if (copy.empty()) return;
  try {
    SqliteConnection connection(path, SqliteConnection::Mode::read_only);
    if (pragma(connection.database(), "PRAGMA user_version") != version) return;
  } catch (const SQLite::Exception&) {
    return;
  }
  std::error_code ignored;
  fs::remove(copy, ignored);
}

}  // namespace

const Schema& hss_schema() {
  static const std::vector<Migration> migrations = embedded_migrations();
  static const Schema schema{.version = migrations.back().to,
                             .sql = schema_sql,
                             .migrations = migrations,
                             .first = migration_sql[0]};
  return schema;
}

void build(SqliteConnection& connection, const Schema& schema) {
  apply(connection, {.to = schema.version, .sql = schema.sql});
}

bool migrate(const std::string& path, const Schema& schema, const Report& report) {
  require_writable(path);
  // While a server runs, the log belongs to that server.
  const bool has_ended_uncleanly = log_bytes(path) > 0 && !is_in_use(path);
  // A read-only connection leaves the log as it is when it closes.
  const int version = version_of(path, schema, SqliteConnection::Mode::read_only, report);
  if (version == 0) make_folder(path);
  const bool is_unchecked = has_ended_uncleanly && look_through(path, report);
  std::string made;  // for these migrations alone
  if (version != 0 && version < schema.version) {
    require_steps_fit(path, version, schema, report);
    made = copy_before_steps(path, version, report);
  }
  const auto failed = [&](const Error& error) {
    remove_needless_copy(path, version, made);
    return reject(path + " cannot be opened and written (" + error.what() +
                  "); mend that, or choose another file with --db");
  };
  try {
    SqliteConnection connection(path, SqliteConnection::Mode::read_write);
    if (sqlite3_db_readonly(connection.database().getHandle(), "main") == 1) {
      throw reject(path +
                   " cannot be written; mend its permissions, or choose another file"
                   " with --db");
    }
    if (version == 0) build(connection, schema);
    for (const Migration& migration : schema.migrations) {
      if (version != 0 && migration.to > version) apply(connection, migration);
    }
    return is_unchecked;
  } catch (const SQLite::Exception& failure) {
    throw failed(translate(failure, "open " + path, report));
  } catch (const DamagedValue&) {
    throw failed(Damaged());
  }
}

void require_current(const std::string& path, const Schema& schema, const Report& report) {
  std::error_code failure;
  if (fs::status(path, failure).type() == fs::file_type::not_found) {
    throw reject("There is no file " + path + "; name the database with --db");
  }
  if (log_bytes(path) > 0 && !is_in_use(path)) {
    require_own_log(path);
    look_through(path, report);
  }
  const int version = version_of(path, schema, SqliteConnection::Mode::look, report);
  if (version == 0) throw reject(path + " is not an HSS database; name another file with --db");
  if (version < schema.version) {
    throw reject(path + " is of an older HSS; start `hss serve` once to bring it up to date");
  }
}

std::string place_moved_to(const std::string& path) {
  try {
    if (format_of(path) == FileFormat::absent) return "";
    require_own_log(path);
    SqliteConnection connection(path, SqliteConnection::Mode::look);
    return moved_to(connection);
  } catch (const Error&) {
  } catch (const DamagedValue&) {
  } catch (const SQLite::Exception&) {
  }
  return "";
}

}  // namespace hss::storage
