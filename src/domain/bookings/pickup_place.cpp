#include "domain/bookings/pickup_place.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "domain/calendar/slots.h"
#include "domain/error.h"

namespace hss::domain {
namespace {

Error unknown_window(const Calendar& calendar) {
  std::set<Hours> all;
  for (const WeeklyWindow& weekly : calendar.windows) all.insert(weekly.window.hours);
  for (const CalendarException& exception : calendar.exceptions) {
    for (const Window& window : exception.windows) all.insert(window.hours);
  }
  std::string choices;
  for (const Hours& hours : all) choices += (choices.empty() ? "'" : ", '") + to_text(hours) + "'";
  return {ErrorCode::validation_error,
          "The booking has faults",
          {"pickup_window must be one of [" + choices + "]"}};
}

/// Throws that the place cannot be had, and what can.
[[noreturn]] void reject(Tx& tx, const Calendar& calendar, const Place& place, Instant now,
                         ErrorCode code, std::string_view reason, const std::string& sentence) {
  constexpr std::size_t offered = 3;
  std::vector<std::string> details{"reason=" + std::string(reason)};
  const auto read_taken = [&](const std::string& first, const std::string& last) {
    return tx.calendar().taken(first, last);
  };
  for (const Place& free : next_free(calendar, place, offered, now, read_taken)) {
    details.push_back("free=" + free.date + " " + to_text(free.hours));
  }
  throw Error(code, sentence, std::move(details));
}

void require_free(Tx& tx, const Calendar& calendar, const Place& place, Instant now) {
  const std::string when = to_text(place.hours) + " on " + place.date;
  if (const auto closure = find_closure(calendar, place.date, place.hours, now)) {
    reject(tx, calendar, place, now, ErrorCode::slot_closed, to_text(closure->reason),
           when + " cannot be booked: " + closure->words);
  }
  if (count_free(calendar, place, tx.calendar().taken(place.date, place.date)) == 0) {
    reject(tx, calendar, place, now, ErrorCode::slot_full, "full",
           when + " is full; choose another time");
  }
}

}  // namespace

void take_pickup_place(Tx& tx, const BookingDraft& draft, UnknownWindow unknown, Instant now) {
  const auto calendar = tx.calendar().find();
  if (!calendar) return;
  const auto place = find_pickup_place(draft.pickup_date, draft.pickup_window);
  if (!draft.override) {
    if (place && calendar->has_hours(place->hours)) {
      require_free(tx, *calendar, *place, now);
    } else if (unknown == UnknownWindow::rejected) {
      throw unknown_window(*calendar);
    }
  }
  if (place) tx.calendar().take(*place);
}

void give_back_pickup_place(Tx& tx, const Booking& booking) {
  if (!tx.calendar().find()) return;
  const auto place = find_pickup_place(booking.pickup_date, booking.pickup_window);
  if (place) tx.calendar().give_back(*place);
}

}  // namespace hss::domain
