#include "storage/sqlite/schema_difference.h"

#include <algorithm>
#include <map>
#include <set>

#include "storage/sqlite/connection.h"

namespace hss::storage {
namespace {

/// The columns of each table.
using Tables = std::map<std::string, std::set<std::string>>;

Tables tables_of(SQLite::Database& database) {
  Tables tables;
  SQLite::Statement rows(database,
                         "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
                         " WHERE m.type = 'table'");
  while (rows.executeStep()) {
    tables[rows.getColumn(0).getString()].insert(rows.getColumn(1).getString());
  }
  return tables;
}

Tables expected_tables(int version, const Schema& schema) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(schema.first);
  for (const Migration& migration : schema.migrations) {
    if (migration.to <= version) database.exec(migration.sql);
  }
  return tables_of(database);
}

}  // namespace

std::vector<std::string> find_differences(SqliteConnection& connection, int version,
                                          const Schema& schema) {
  if (schema.first == nullptr) return {};
  const Tables expected = expected_tables(version, schema);
  const Tables found = tables_of(connection.database());
  std::vector<std::string> differences;
  for (const auto& [table, columns] : expected) {
    const auto its = found.find(table);
    if (its == found.end()) {
      differences.push_back("the table " + table + " is missing");
      continue;
    }
    for (const std::string& column : its->second) {
      if (columns.contains(column)) continue;
      differences.push_back("the table " + table + " has a column " + column +
                            ", which HSS did not make");
    }
    for (const std::string& column : columns) {
      if (its->second.contains(column)) continue;
      differences.push_back("the table " + table + " has no column " + column);
    }
  }
  return differences;
}

}  // namespace hss::storage
