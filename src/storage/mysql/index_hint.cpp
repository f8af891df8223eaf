#include "storage/mysql/index_hint.h"

#include <string_view>

namespace hss::storage {

std::string with_index_hint(std::string sql) {
  constexpr std::string_view table = " FROM bookings b",
                             rest =
                                 " LEFT JOIN payments p ON p.booking_seq = b.seq WHERE b.status"
                                 " = ",
                             conjunction = " AND ";
  const std::string list = std::string(table) + std::string(rest);
  for (auto at = sql.find(list); at != sql.npos; at = sql.find(list, at + list.size())) {
    const auto end = sql.find(conjunction, at + list.size());
    if (end == sql.npos) break;
    const bool is_by_seq =
        std::string_view(sql).substr(end + conjunction.size()).starts_with("b.seq");
    sql.insert(at + table.size(), is_by_seq ? " FORCE INDEX (bookings_by_status)"
                                            : " FORCE INDEX (bookings_by_status_and_pickup)");
  }
  return sql;
}

}  // namespace hss::storage
