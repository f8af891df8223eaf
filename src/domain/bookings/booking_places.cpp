#include "domain/bookings/booking_places.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "domain/calendar/slots.h"
#include "domain/error.h"

namespace hss::domain {
namespace {

/// What a booking's date and window ask for. `hours` is none where the window names none.
struct Wanted {
  PlaceKind kind = PlaceKind::pickup;
  std::string date;
  std::string window;

  std::optional<Place> place() const {
    auto hours = find_hours(window);
    if (!hours) return std::nullopt;
    return Place{date, *std::move(hours), kind};
  }
};

Error unknown_window(const Calendar& calendar, PlaceKind kind) {
  std::set<Hours> all;
  for (const WeeklyWindow& weekly : calendar.windows) all.insert(weekly.window.hours);
  for (const CalendarException& exception : calendar.exceptions) {
    for (const Window& window : exception.windows) all.insert(window.hours);
  }
  std::string choices;
  for (const Hours& hours : all) choices += (choices.empty() ? "'" : ", '") + to_text(hours) + "'";
  return {ErrorCode::validation_error,
          "The booking has faults",
          {std::string(to_text(kind)) + "_window must be one of [" + choices + "]"}};
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

void take(Tx& tx, const Calendar& calendar, const Wanted& wanted, bool override,
          UnknownWindow unknown, Instant now) {
  const auto place = wanted.place();
  if (!override) {
    if (place && calendar.has_hours(place->hours)) {
      require_free(tx, calendar, *place, now);
    } else if (unknown == UnknownWindow::rejected) {
      throw unknown_window(calendar, wanted.kind);
    }
  }
  if (place) tx.calendar().take(*place);
}

/// None where nobody drives to collect it.
std::optional<Wanted> pickup_of(const Booking& booking) {
  if (booking.pickup_method == PickupMethod::brought) return std::nullopt;
  return Wanted{
      .kind = PlaceKind::pickup, .date = booking.pickup_date, .window = booking.pickup_window};
}

std::optional<Wanted> return_of(const Booking& booking) {
  if (!booking.handback || booking.handback->method != ReturnMethod::deliver) return std::nullopt;
  return Wanted{.kind = PlaceKind::handback,
                .date = booking.handback->date,
                .window = booking.handback->window};
}

void move(Tx& tx, const Calendar& calendar, const std::optional<Wanted>& from,
          const std::optional<Wanted>& to, bool override, UnknownWindow unknown, Instant now) {
  const bool same_texts = from && to && from->date == to->date && from->window == to->window;
  const auto left = from ? from->place() : std::nullopt;
  if (same_texts || (left && to && left == to->place())) return;
  if (left) tx.calendar().give_back(*left);
  if (to) take(tx, calendar, *to, override, unknown, now);
}

}  // namespace

void take_pickup_place(Tx& tx, const BookingDraft& draft, UnknownWindow unknown, Instant now) {
  if (draft.pickup_method == PickupMethod::brought) return;
  const auto calendar = tx.calendar().find();
  if (!calendar) return;
  take(tx, *calendar,
       {.kind = PlaceKind::pickup, .date = draft.pickup_date, .window = draft.pickup_window},
       draft.override, unknown, now);
}

void move_places(Tx& tx, const Booking& before, const Booking& after, bool override,
                 UnknownWindow unknown, Instant now) {
  const auto calendar = tx.calendar().find();
  if (!calendar) return;
  move(tx, *calendar, pickup_of(before), pickup_of(after), override, unknown, now);
  move(tx, *calendar, return_of(before), return_of(after), override, unknown, now);
}

void give_back_places(Tx& tx, const Booking& booking) {
  if (!tx.calendar().find()) return;
  const auto wanted = pickup_of(booking);
  if (const auto pickup = wanted ? wanted->place() : std::nullopt) {
    tx.calendar().give_back(*pickup);
  }
  if (const auto handback = find_return_place(booking)) tx.calendar().give_back(*handback);
}

std::optional<Place> find_return_place(const Booking& booking) {
  const auto wanted = return_of(booking);
  return wanted ? wanted->place() : std::nullopt;
}

bool is_too_late_to_leave(Tx& tx, std::string_view date, std::string_view window, Instant now) {
  const Calendar calendar = tx.calendar().find().value_or(Calendar{});
  const Hours whole_day{.starts = "00:00", .ends = "23:59"};
  return is_past_lead(calendar, date, find_hours(window).value_or(whole_day), now);
}

}  // namespace hss::domain
