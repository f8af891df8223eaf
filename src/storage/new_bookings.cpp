#include "storage/new_bookings.h"

#include "storage/search.h"

namespace hss::storage {
namespace {

void count(Connection& connection, std::int64_t after) {
  // A time that is none, which the program never writes, has no week.
  execute(connection,
          "INSERT INTO week_totals (week, bookings)"
          " SELECT date(created_at, '+2 hours', '-6 days', 'weekday 1') AS its_week, count(*)"
          " FROM bookings WHERE seq > ? GROUP BY its_week HAVING its_week IS NOT NULL"
          " ON CONFLICT (week) DO UPDATE SET bookings = bookings + excluded.bookings",
          after);
  execute(connection,
          "INSERT INTO duration_totals (duration_months, count)"
          " SELECT duration_months, count(*) FROM bookings WHERE seq > ? GROUP BY duration_months"
          " ON CONFLICT (duration_months) DO UPDATE SET count = count + excluded.count",
          after);
  execute(connection,
          "INSERT INTO item_totals (item_type, count)"
          " SELECT item_type, count(*) FROM booking_items WHERE booking_seq > ? GROUP BY item_type"
          " ON CONFLICT (item_type) DO UPDATE SET count = count + excluded.count",
          after);
}

}  // namespace

void take_in_new_bookings(Connection& connection) {
  std::int64_t taken_in = 0;
  std::int64_t last = 0;
  for (Query row(connection,
                 "SELECT seq, (SELECT max(seq) FROM bookings) FROM booking_search_mark");
       row.step();) {
    taken_in = row.integer(0);
    last = row.integer(1);
  }
  if (last <= taken_in) return;
  index_bookings(connection, taken_in);
  count(connection, taken_in);
  execute(connection, "UPDATE booking_search_mark SET seq = ?", last);
}

}  // namespace hss::storage
