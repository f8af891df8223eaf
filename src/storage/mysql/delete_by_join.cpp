#include "storage/mysql/delete_by_join.h"

#include <optional>

namespace hss::storage {
namespace {

/// Takes the text before `mark` and the mark from `rest`.
std::optional<std::string_view> take_until(std::string_view& rest, std::string_view mark) {
  const auto at = rest.find(mark);
  if (at == rest.npos) return std::nullopt;
  const std::string_view before = rest.substr(0, at);
  rest.remove_prefix(at + mark.size());
  return before;
}

/// "scope, key" of "(scope, key)".
std::string_view without_parentheses(std::string_view columns) {
  if (columns.starts_with('(') && columns.ends_with(')')) {
    return columns.substr(1, columns.size() - 2);
  }
  return columns;
}

}  // namespace

std::string delete_by_join(std::string_view sql) {
  std::string_view rest = sql;
  constexpr std::string_view beginning = "DELETE FROM ";
  if (!rest.starts_with(beginning)) return std::string(sql);
  rest.remove_prefix(beginning.size());
  const auto table = take_until(rest, " WHERE ");
  const auto conditions = table ? take_until(rest, " IN (SELECT ") : std::nullopt;
  const auto columns = conditions ? take_until(rest, " FROM (") : std::nullopt;
  const auto alias_at = rest.rfind(") AS ");
  if (!columns || alias_at == rest.npos || !rest.ends_with(')')) return std::string(sql);
  const std::string_view query = rest.substr(0, alias_at);
  const std::string_view alias = rest.substr(alias_at + 5, rest.size() - alias_at - 6);

  constexpr std::string_view conjunction = " AND ";
  const auto end = conditions->rfind(conjunction);
  const auto sought = end == conditions->npos ? *conditions : conditions->substr(end + 5);
  if (without_parentheses(sought) != *columns) return std::string(sql);
  std::string joined;
  joined.append("DELETE ").append(*table).append(" FROM ").append(*table);
  joined.append(" JOIN (").append(query).append(") AS ").append(alias);
  joined.append(" USING (").append(*columns).append(")");
  if (end != conditions->npos) joined.append(" WHERE ").append(conditions->substr(0, end));
  return joined;
}

}  // namespace hss::storage
