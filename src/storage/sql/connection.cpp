#include "storage/sql/connection.h"

#include "storage/damage.h"
#include "storage/stored_text.h"

namespace hss::storage {

std::string Query::text(int column) const {
  if (statement_.is_null(column)) throw_damage("a text that is missing");
  std::string text = statement_.text(column);
  if (!is_stored_text(text)) throw_damage("a text");
  return text;
}

std::optional<std::string> Query::optional_text(int column) const {
  if (statement_.is_null(column)) return std::nullopt;
  return text(column);
}

std::int64_t Query::integer(int column) const {
  return require_known(statement_.integer(column), "a number");
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (statement_.is_null(column)) return std::nullopt;
  return integer(column);
}

std::string Query::time(int column) const {
  std::string time = text(column);
  if (!is_stored_time(time)) throw_damage("a time");
  return time;
}

std::optional<std::string> Query::optional_time(int column) const {
  if (statement_.is_null(column)) return std::nullopt;
  return time(column);
}

std::string Query::blob(int column) const {
  return statement_.blob(column);
}

std::string Query::secret(int column) const {
  std::string secret = blob(column);
  if (secret.find_first_not_of('\0') == secret.npos) throw_damage("a secret");
  return secret;
}

void require_whole(Query neighbour) {
  if (neighbour.connection_.may_hide_rows() && neighbour.step()) neighbour.text(0);
}

}  // namespace hss::storage
