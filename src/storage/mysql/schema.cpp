#include "storage/mysql/schema.h"

#include <algorithm>
#include <span>
#include <utility>

#include "domain/error.h"
#include "storage/mysql/failure.h"
#include "storage/server/failure.h"

namespace hss::storage {

// Embedded at build time: packaging/sql/mysql/<version>_<what it does>.sql, and rights.sql.
extern const std::span<const char* const> mysql_steps;
extern const char mysql_rights[];

namespace {

/// Lets one migration of the database at a time go on. It ends with its connection.
class MigrationLock {
 public:
  explicit MigrationLock(MysqlConnection& connection) : connection_(connection) {
    Query lock(connection, "SELECT get_lock(concat('hss ', sha2(database(), 224)), 60)");
    if (!lock.step() || lock.optional_text(0) != "1") {
      throw ServerFailure(ServerFailure::Kind::busy, "another migration goes on");
    }
  }
  ~MigrationLock() {
    try {
      Query(connection_, "SELECT release_lock(concat('hss ', sha2(database(), 224)))").step();
    } catch (...) {
      // It ends with the connection.
    }
  }
  MigrationLock(const MigrationLock&) = delete;
  MigrationLock& operator=(const MigrationLock&) = delete;

 private:
  MysqlConnection& connection_;
};

/// What schema_steps knows of a statement.
enum class Progress { none, started, done };

Progress progress_of(MysqlConnection& connection, std::int64_t version, std::int64_t statement) {
  Query row(connection, "SELECT is_done FROM schema_steps WHERE version = ? AND statement = ?",
            version, statement);
  if (!row.step()) return Progress::none;
  return row.integer(0) == 1 ? Progress::done : Progress::started;
}

/// Runs the statement unless it was run. Changes of rows and the note of them are one transaction;
/// after a change of tables, which is none, the note that it was started tells why it is there.
void run_once(MysqlConnection& connection, std::int64_t version, std::int64_t number,
              const std::string& statement) {
  const Progress progress = progress_of(connection, version, number);
  if (progress == Progress::done) return;
  if (progress == Progress::none) {
    execute(connection, "INSERT INTO schema_steps (version, statement, is_done) VALUES (?, ?, 0)",
            version, number);
  }
  connection.run_script("BEGIN");
  try {
    connection.run_script(statement.c_str());
  } catch (const ExistsAlready&) {
    if (progress == Progress::none) {
      execute(connection, "DELETE FROM schema_steps WHERE version = ? AND statement = ?", version,
              number);
      throw domain::Error(domain::ErrorCode::unavailable,
                          "The database has a table of that name already; choose an empty one");
    }
  }
  execute(connection, "UPDATE schema_steps SET is_done = 1 WHERE version = ? AND statement = ?",
          version, number);
  connection.run_script("COMMIT");
}

std::string first_column(ServerConnection& connection, const std::string& table) {
  Query row(connection,
            "SELECT column_name FROM information_schema.columns WHERE table_name = ?"
            " AND table_schema = database() AND ordinal_position = 1",
            table);
  return row.step() ? row.text(0) : "";
}

/// A statement that needs it and changes nothing; empty if the user may do nothing with the table.
std::string statement_for(ServerConnection& connection, const Right& right) {
  const std::string& table = right.table;
  if (right.privilege == "SELECT") return "SELECT 1 FROM " + table + " WHERE FALSE";
  if (right.privilege == "DELETE") return "DELETE FROM " + table + " WHERE FALSE";
  // To insert no row takes the right to read some table. (A view cannot be explained without more.)
  if (right.privilege == "INSERT") return "EXPLAIN INSERT INTO " + table + " VALUES ()";
  const std::string column = right.column.empty() ? first_column(connection, table) : right.column;
  if (column.empty()) return {};
  return "UPDATE " + table + " SET " + column + " = " + column + " WHERE FALSE";
}

/// Tries a statement that needs it, as no table tells what a role grants. The server looks at a
/// column's rights only where the transaction may change something.
bool is_granted(ServerConnection& connection, const Right& right) {
  const std::string statement = statement_for(connection, right);
  if (statement.empty()) return false;
  try {
    connection.run_script(("SET TRANSACTION READ WRITE; " + statement).c_str());
  } catch (const ServerFailure& failure) {
    // The server takes no changes from anybody now.
    if (failure.kind() == ServerFailure::Kind::read_only) return true;
    if (failure.kind() == ServerFailure::Kind::no_rights) return false;
    throw;
  }
  return true;
}

}  // namespace

const ServerSchema& mysql_schema() {
  static const ServerSchema schema{
      .steps = mysql_steps,
      .rights = mysql_rights,
      .quote = '`',
      .find_head =
          "SELECT 1 FROM information_schema.tables WHERE table_name = 'head'"
          " AND table_schema = database()",
      .is_granted = is_granted};
  return schema;
}

std::vector<std::string> statements_of(std::string_view text) {
  std::vector<std::string> statements;
  std::string statement;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.starts_with("--")) continue;
    statement.append(statement.empty() ? "" : "\n").append(line);
    if (!line.ends_with(';')) continue;
    statement.pop_back();
    statements.push_back(std::move(statement));
    statement.clear();
  }
  return statements;
}

void migrate_mysql_schema(MysqlConnection& connection,
                          const std::function<void(const std::string&)>& say) {
  const MigrationLock lock(connection);
  const ServerSchema& schema = mysql_schema();
  const std::int64_t before = version_to_migrate(connection, schema);
  connection.run_script(
      "CREATE TABLE IF NOT EXISTS schema_steps (version integer NOT NULL, statement integer NOT"
      " NULL, is_done integer NOT NULL, PRIMARY KEY (version, statement)) ENGINE=InnoDB");
  for (auto version = before + 1; version <= schema.version(); ++version) {
    std::int64_t number = 0;
    for (const std::string& statement : statements_of(schema.step_to(version))) {
      run_once(connection, version, ++number, statement);
    }
  }
  say(migrated_text(before, schema));
}

}  // namespace hss::storage
