#include "storage/postgres/rights.h"

#include <sstream>

#include "domain/validation/text.h"

namespace hss::storage {
namespace {

/// On a line, without comments.
std::string without_comments(std::string_view sql) {
  std::istringstream lines{std::string(sql)};
  std::string text;
  for (std::string line; std::getline(lines, line);) text += line.substr(0, line.find("--")) + ' ';
  return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::istringstream stream(text);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, separator);) {
    parts.emplace_back(domain::trim(part));
  }
  return parts;
}

bool is_granted(ServerConnection& connection, const std::string& table,
                const std::string& privilege) {
  Query row(connection, "SELECT has_table_privilege(?, ?)::text", table, privilege);
  return row.step() && row.text(0) == "true";
}

bool is_granted(ServerConnection& connection, const std::string& table, const std::string& column,
                const std::string& privilege) {
  Query row(connection, "SELECT has_column_privilege(?, ?, ?)::text", table, column, privilege);
  return row.step() && row.text(0) == "true";
}

/// `privileges` is a list, or one privilege with its columns in parentheses.
void find_missing(ServerConnection& connection, const std::string& privileges,
                  const std::string& table, std::vector<std::string>& missing) {
  const auto columns = privileges.find('(');
  if (columns == privileges.npos) {
    for (const std::string& privilege : split(privileges, ',')) {
      if (!is_granted(connection, table, privilege)) missing.push_back(privilege + " on " + table);
    }
    return;
  }
  const std::string privilege(domain::trim(privileges.substr(0, columns)));
  const auto end = privileges.find(')');
  for (const auto& column : split(privileges.substr(columns + 1, end - columns - 1), ',')) {
    if (!is_granted(connection, table, column, privilege)) {
      missing.push_back(privilege + " of " + column + " on " + table);
    }
  }
}

}  // namespace

std::vector<std::string> find_missing_rights(ServerConnection& connection,
                                             std::string_view rights) {
  constexpr std::string_view grant = "GRANT ", on = " ON ", to = " TO ";
  std::vector<std::string> missing;
  for (const std::string& statement : split(without_comments(rights), ';')) {
    const auto at = statement.find(on), end = statement.rfind(to);
    if (!statement.starts_with(grant) || at == statement.npos || end == statement.npos) continue;
    const std::string privileges = statement.substr(grant.size(), at - grant.size());
    const auto tables = at + on.size();
    for (const auto& table : split(statement.substr(tables, end - tables), ',')) {
      find_missing(connection, privileges, table, missing);
    }
  }
  return missing;
}

}  // namespace hss::storage
