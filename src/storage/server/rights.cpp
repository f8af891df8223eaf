#include "storage/server/rights.h"

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

/// `privileges` is a list, or one privilege with its columns in parentheses.
void add_rights(const std::string& privileges, const std::string& table,
                std::vector<Right>& rights) {
  const auto columns = privileges.find('(');
  if (columns == privileges.npos) {
    for (const std::string& privilege : split(privileges, ',')) {
      rights.push_back({.privilege = privilege, .column = "", .table = table});
    }
    return;
  }
  const std::string privilege(domain::trim(privileges.substr(0, columns)));
  const auto end = privileges.find(')');
  for (const auto& column : split(privileges.substr(columns + 1, end - columns - 1), ',')) {
    rights.push_back({.privilege = privilege, .column = column, .table = table});
  }
}

}  // namespace

std::string Right::text() const {
  return privilege + (column.empty() ? "" : " of " + column) + " on " + table;
}

std::vector<Right> rights_in(std::string_view grants) {
  constexpr std::string_view grant = "GRANT ", on = " ON ", to = " TO ";
  std::vector<Right> rights;
  for (const std::string& statement : split(without_comments(grants), ';')) {
    const auto at = statement.find(on), end = statement.rfind(to);
    if (!statement.starts_with(grant) || at == statement.npos || end == statement.npos) continue;
    const std::string privileges = statement.substr(grant.size(), at - grant.size());
    const auto tables = at + on.size();
    for (const auto& table : split(statement.substr(tables, end - tables), ',')) {
      add_rights(privileges, table, rights);
    }
  }
  return rights;
}

std::string list_missing_rights(ServerConnection& connection, std::string_view grants,
                                IsGranted is_granted) {
  std::string list;
  for (const Right& right : rights_in(grants)) {
    if (!is_granted(connection, right)) list += (list.empty() ? "" : ", ") + right.text();
  }
  return list;
}

}  // namespace hss::storage
