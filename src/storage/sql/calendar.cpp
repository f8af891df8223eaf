#include "storage/sql/calendar.h"

#include <map>

#include "storage/calendar_json.h"
#include "storage/damage.h"

namespace hss::storage {
namespace {

constexpr const char* select_calendar = "SELECT version, document FROM calendar";

}  // namespace

void prefetch_calendar(Connection& connection) {
  connection.prefetch(select_calendar);
}

template <class Interface>
std::optional<domain::Calendar> CalendarQueries<Interface>::find() {
  Query row(connection_, select_calendar);
  if (!row.step()) return std::nullopt;
  domain::Calendar calendar = calendar_of(row.text(1));
  calendar.version = row.integer(0);
  return calendar;
}

template <class Interface>
domain::TakenPlaces CalendarQueries<Interface>::taken(std::string_view first,
                                                      std::string_view last) {
  domain::TakenPlaces places;
  for (Query rows(connection_,
                  "SELECT date, starts, ends, kind, taken FROM places"
                  " WHERE date >= ? AND date <= ? AND taken > 0",
                  first, last);
       rows.step();) {
    const auto kind = require_known(domain::find_place_kind(rows.text(3)), "a place's kind");
    places[{rows.text(0), {rows.text(1), rows.text(2)}, kind}] = static_cast<int>(rows.integer(4));
  }
  return places;
}

std::optional<domain::Calendar> SqlCalendarWriter::find() {
  if (!cache_.calendar) cache_.calendar = CalendarQueries::find();
  return *cache_.calendar;
}

void SqlCalendarWriter::save(const domain::Calendar& calendar, std::string_view updated_at) {
  const std::string document = to_json(calendar);
  if (calendar.version > 1) {
    execute(connection_, "UPDATE calendar SET version = ?, document = ?, updated_at = ?",
            calendar.version, document, updated_at);
  } else {
    execute(connection_,
            "INSERT INTO calendar (id, version, document, updated_at) VALUES (1, ?, ?, ?)",
            calendar.version, document, updated_at);
    count_all_bookings();
  }
  cache_.calendar = calendar;
}

void SqlCalendarWriter::count_all_bookings() {
  std::map<domain::Place, std::int64_t> places;
  for (Query rows(connection_,
                  "SELECT pickup_date, pickup_window, count(*) FROM bookings"
                  " WHERE pickup_method = 'collect'"
                  " AND status <> 'declined' AND status <> 'cancelled'"
                  " GROUP BY pickup_date, pickup_window");
       rows.step();) {
    const auto place = domain::find_pickup_place(rows.text(0), rows.text(1));
    if (place) places[*place] += rows.integer(2);
  }
  for (Query rows(connection_,
                  "SELECT return_date, return_window, count(*) FROM bookings"
                  " WHERE return_method = 'deliver'"
                  " AND status <> 'declined' AND status <> 'cancelled'"
                  " GROUP BY return_date, return_window");
       rows.step();) {
    auto hours = domain::find_hours(rows.text(1));
    if (!hours) continue;
    places[{rows.text(0), *std::move(hours), domain::PlaceKind::handback}] += rows.integer(2);
  }
  for (const auto& [place, taken] : places) add(place, taken);
}

void SqlCalendarWriter::add(const domain::Place& place, std::int64_t taken) {
  const std::string_view kind = domain::to_text(place.kind);
  // The table of one row is there as MySQL takes no WHERE without a table.
  if (taken > 0) {
    enqueue(connection_,
            "INSERT INTO places (date, starts, ends, kind, taken) SELECT ?1, ?2, ?3, ?4, 0"
            " FROM payment_totals WHERE NOT EXISTS (SELECT 1 FROM places"
            " WHERE date = ?1 AND starts = ?2 AND ends = ?3 AND kind = ?4)",
            place.date, place.hours.starts, place.hours.ends, kind);
  }
  enqueue(connection_,
          "UPDATE places SET taken = taken + ?"
          " WHERE date = ? AND starts = ? AND ends = ? AND kind = ?",
          taken, place.date, place.hours.starts, place.hours.ends, kind);
}

template class CalendarQueries<domain::CalendarReader>;
template class CalendarQueries<domain::CalendarWriter>;

}  // namespace hss::storage
