#include "storage/new_bookings.h"

#include <map>
#include <string>
#include <string_view>

#include "storage/json_text.h"
#include "storage/search.h"

namespace hss::storage {
namespace {

// Counted here, as SQLite sorts for each GROUP BY, which took a twentieth of a booking's time.
void count(Connection& connection, std::int64_t after) {
  // An hour lies in one week, so the calendar is asked once for each hour and not for each booking.
  std::map<std::string, std::int64_t> hours;
  std::map<std::int64_t, std::int64_t> durations;
  std::map<domain::ItemType, std::int64_t> items;
  for (Query rows(
           connection,
           "SELECT created_at, duration_months, items, item_count FROM bookings WHERE seq > ?",
           after);
       rows.step();) {
    ++hours[rows.text(0).substr(0, std::string_view("2026-11-22T08").size())];
    ++durations[rows.integer(1)];
    for (const domain::ItemType type :
         item_types_of(rows.text(2), static_cast<std::size_t>(rows.integer(3)))) {
      ++items[type];
    }
  }
  // A time that is none, which the program never writes, has no week.
  for (const auto& [hour, bookings] : hours) {
    execute(connection,
            "INSERT INTO week_totals (week, bookings)"
            " SELECT its_week, ?2 FROM"
            " (SELECT date(?1 || ':00', '+2 hours', '-6 days', 'weekday 1') AS its_week)"
            " WHERE its_week IS NOT NULL"
            " ON CONFLICT (week) DO UPDATE SET bookings = bookings + excluded.bookings",
            hour, bookings);
  }
  for (const auto& [months, bookings] : durations) {
    execute(connection,
            "INSERT INTO duration_totals (duration_months, count) VALUES (?, ?)"
            " ON CONFLICT (duration_months) DO UPDATE SET count = count + excluded.count",
            months, bookings);
  }
  for (const auto& [type, pieces] : items) {
    execute(connection,
            "INSERT INTO item_totals (item_type, count) VALUES (?, ?)"
            " ON CONFLICT (item_type) DO UPDATE SET count = count + excluded.count",
            domain::to_text(type), pieces);
  }
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
