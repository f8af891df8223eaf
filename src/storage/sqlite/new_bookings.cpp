#include "storage/sqlite/new_bookings.h"

#include <string>

#include "domain/clock.h"
#include "storage/json_text.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/search.h"
#include "storage/stored_text.h"

namespace hss::storage {
namespace {

void count_in_totals(Connection& connection) {
  for (const auto& [status, bookings] : new_bookings_by_status(connection)) {
    execute(connection,
            "UPDATE status_totals SET count = count + ?, value = value + ? WHERE status = ?",
            bookings.count, bookings.value.cents, domain::to_text(status));
  }
  const BookingFigures figures = count_new_bookings(connection);
  for (const auto& [week, bookings] : figures.weeks) {
    execute(connection,
            "INSERT INTO week_totals (week, bookings) VALUES (?, ?)"
            " ON CONFLICT (week) DO UPDATE SET bookings = bookings + excluded.bookings",
            week, bookings);
  }
  for (const auto& [months, bookings] : figures.durations) {
    execute(connection,
            "INSERT INTO duration_totals (duration_months, count) VALUES (?, ?)"
            " ON CONFLICT (duration_months) DO UPDATE SET count = count + excluded.count",
            months, bookings);
  }
  for (const auto& [type, pieces] : figures.items) {
    execute(connection,
            "INSERT INTO item_totals (item_type, count) VALUES (?, ?)"
            " ON CONFLICT (item_type) DO UPDATE SET count = count + excluded.count",
            domain::to_text(type), pieces);
  }
}

}  // namespace

std::map<domain::Status, CountAndValue> new_bookings_by_status(Connection& connection) {
  std::map<domain::Status, CountAndValue> statuses;
  for (Query rows(connection, "SELECT b.status, b.total FROM bookings b NOT INDEXED WHERE " IS_NEW);
       rows.step();) {
    auto& of_status = statuses[require_known(domain::find_status(rows.text(0)), "a status")];
    ++of_status.count;
    of_status.value += {rows.integer(1)};
  }
  return statuses;
}

BookingFigures count_new_bookings(Connection& connection) {
  // Counted here, as SQLite sorts for each GROUP BY, which took a twentieth of a booking's time.
  BookingFigures figures;
  for (Query rows(connection,
                  "SELECT b.created_at, b.duration_months, b.items, b.item_count FROM bookings b"
                  " WHERE " IS_NEW);
       rows.step();) {
    // The program writes no other format, but somebody with a shell may.
    if (const std::string made = rows.text(0); is_stored_time(made)) {
      ++figures.weeks[domain::to_week(domain::from_rfc3339(made))];
    }
    ++figures.durations[static_cast<int>(rows.integer(1))];
    for (const domain::ItemType type :
         item_types_of(rows.text(2), static_cast<std::size_t>(rows.integer(3)))) {
      ++figures.items[type];
    }
  }
  return figures;
}

void index_new_bookings(Connection& connection) {
  std::int64_t last = 0;
  for (Query rows(connection,
                  "SELECT b.seq, b.id, b.customer_name, b.email, b.address FROM bookings b"
                  " WHERE " IS_NOT_INDEXED " ORDER BY b.seq");
       rows.step();) {
    last = rows.integer(0);
    execute(connection, "INSERT INTO booking_search (rowid, words) VALUES (?, ?)", last,
            booking_words(rows.text(1), rows.text(2), rows.text(3), rows.text(4)));
  }
  if (last > 0) execute(connection, "UPDATE bookings_indexed SET seq = ?", last);
}

namespace {

/// Adds the pending bookings to the figures and to the index, to each only if more than `max` wait.
void index_pending(Connection& connection, std::int64_t max) {
  std::int64_t counted = 0;
  std::int64_t indexed = 0;
  std::int64_t last = 0;
  for (Query row(connection,
                 "SELECT seq, (SELECT seq FROM bookings_indexed),"
                 " coalesce((SELECT max(seq) FROM bookings), 0) FROM bookings_taken_in");
       row.step();) {
    counted = row.integer(0);
    indexed = row.integer(1);
    last = row.integer(2);
  }
  if (last - counted > max) {
    count_in_totals(connection);
    execute(connection, "UPDATE bookings_taken_in SET seq = ?", last);
  }
  if (last - indexed > max) index_new_bookings(connection);
}

}  // namespace

void index_pending_bookings(Connection& connection) {
  index_pending(connection, max_new_bookings);
}

void index_all_pending_bookings(Connection& connection) {
  index_pending(connection, 0);
}

}  // namespace hss::storage
