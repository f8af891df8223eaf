#include "storage/sql/new_bookings.h"

#include <string>
#include <vector>

#include "domain/clock.h"
#include "storage/damage.h"
#include "storage/json_text.h"
#include "storage/sql/search.h"
#include "storage/sql/search_index.h"
#include "storage/sql/totals.h"
#include "storage/stored_text.h"

namespace hss::storage {
namespace {

constexpr const char* select_statuses =
    "SELECT b.status, b.total FROM bookings b NOT INDEXED WHERE " IS_NEW;
constexpr const char* select_figures =
    "SELECT b.created_at, b.duration_months, b.items, b.item_count FROM bookings b WHERE " IS_NEW;

void count_in_totals(Connection& connection) {
  for (const auto& [status, bookings] : new_bookings_by_status(connection)) {
    enqueue(connection,
            "UPDATE status_totals SET count = count + ?, value = value + ? WHERE status = ?",
            bookings.count, bookings.value.cents, domain::to_text(status));
  }
  const BookingFigures figures = count_new_bookings(connection);
  for (const auto& [week, bookings] : figures.weeks) {
    insert_week(connection, week);
    enqueue(connection, "UPDATE week_totals SET bookings = bookings + ? WHERE week = ?", bookings,
            week);
  }
  for (const auto& [months, bookings] : figures.durations) {
    insert_duration(connection, months);
    enqueue(connection, "UPDATE duration_totals SET count = count + ? WHERE duration_months = ?",
            bookings, months);
  }
  for (const auto& [type, pieces] : figures.items) {
    insert_item_type(connection, type);
    enqueue(connection, "UPDATE item_totals SET count = count + ? WHERE item_type = ?", pieces,
            type);
  }
}

}  // namespace

std::map<domain::Status, CountAndValue> new_bookings_by_status(Connection& connection) {
  std::map<domain::Status, CountAndValue> statuses;
  for (Query rows(connection, select_statuses); rows.step();) {
    auto& of_status = statuses[require_known(domain::find_status(rows.text(0)), "a status")];
    ++of_status.count;
    of_status.value += {rows.integer(1)};
  }
  return statuses;
}

BookingFigures count_new_bookings(Connection& connection) {
  // Counted here, as SQLite sorts for each GROUP BY, which took a twentieth of a booking's time.
  BookingFigures figures;
  for (Query rows(connection, select_figures); rows.step();) {
    // The program writes no other format, but somebody with a shell may.
    if (const std::string made = rows.text(0); is_stored_time(made)) {
      ++figures.weeks[domain::to_week(domain::from_rfc3339(made))];
    }
    ++figures.durations[static_cast<int>(rows.integer(1))];
    for (const std::string& type :
         item_types_of(rows.text(2), static_cast<std::size_t>(rows.integer(3)))) {
      ++figures.items[type];
    }
  }
  return figures;
}

std::int64_t index_new_bookings(Connection& connection, Phones phones) {
  constexpr std::size_t max_at_once = 256;
  std::int64_t last = 0;
  std::vector<SearchIndex::Entry> bookings;
  const auto insert = [&] {
    if (bookings.empty()) return;
    connection.search_index().insert(connection, bookings);
    bookings.clear();
  };
#define SELECT_WORDS(phone)                                         \
  "SELECT b.seq, b.id, b.customer_name, b.email, b.address, " phone \
  " FROM bookings b"                                                \
  " WHERE " IS_NOT_INDEXED " ORDER BY b.seq LIMIT ?"
  const char* const select = phones == Phones::known ? SELECT_WORDS("b.phone") : SELECT_WORDS("''");
#undef SELECT_WORDS
  for (Query rows(connection, select, connection.rows_at_once()); rows.step();) {
    last = rows.integer(0);
    bookings.push_back({last, booking_words(rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                                            rows.text(5))});
    if (bookings.size() == max_at_once) insert();
  }
  insert();
  if (last > 0) enqueue(connection, "UPDATE bookings_indexed SET seq = ?", last);
  return last;
}

Positions read_positions(Connection& connection) {
  Query row(connection,
            "SELECT coalesce(max(seq), 0), (SELECT seq FROM bookings_taken_in),"
            " (SELECT seq FROM bookings_indexed) FROM bookings");
  row.step();
  return {.last = row.integer(0), .counted = row.integer(1), .indexed = row.integer(2)};
}

void count_pending_bookings(Connection& connection, const Positions& positions, int max_pending) {
  if (positions.last - positions.counted <= max_pending) return;
  connection.prefetch(select_statuses);
  connection.prefetch(select_figures);
  count_in_totals(connection);
  enqueue(connection, "UPDATE bookings_taken_in SET seq = ?", positions.last);
}

void index_pending_bookings(Connection& connection, const Positions& positions, int max_pending,
                            Phones phones) {
  if (positions.last - positions.indexed > max_pending) index_new_bookings(connection, phones);
}

}  // namespace hss::storage
