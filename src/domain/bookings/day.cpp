#include "domain/bookings/day.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "domain/bookings/stop_address.h"

namespace hss::domain {
namespace {

/// More than fit a screen; the others are told by their number.
constexpr int max_overdue = 50;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// The text as it sorts: without case, numbers by their value.
std::string natural_order(std::string_view text) {
  constexpr std::size_t width = 8;
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (const std::size_t digits = at - begin; digits > 0) {
      key.append(width - std::min(width, digits), '0').append(text.substr(begin, digits));
    } else {
      const char letter = text[at++];
      key += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
  }
  return key;
}

/// The address as it sorts along a street, with the house number that it begins with behind the
/// street.
std::string street_order(std::string_view address) {
  std::string_view house;
  if (!address.empty() && is_digit(address.front())) {
    house = address.substr(0, address.find(' '));
    address.remove_prefix(std::min(house.size() + 1, address.size()));
  }
  return natural_order(address) + ' ' + natural_order(house) + ' ';
}

Money owed_by(const Booking& booking) {
  return booking.payment_reference ? Money{} : booking.price.total;
}

std::optional<Status> next_of_pickup(Status status) {
  switch (status) {
    case Status::submitted:
      return Status::approved;
    case Status::approved:
      return Status::paid;
    case Status::paid:
      return Status::collected;
    default:
      return std::nullopt;
  }
}

Stop pickup_of(BookingWithItems from) {
  Stop stop{.kind = PlaceKind::pickup, .booking = std::move(from.booking)};
  stop.items = std::move(from.items);
  const Booking& booking = stop.booking;
  stop.is_ready = booking.status != Status::submitted && booking.status != Status::approved;
  stop.is_done = stop.is_ready && booking.status != Status::paid;
  stop.owed = owed_by(booking);
  stop.next_step = next_of_pickup(booking.status);
  return stop;
}

/// The next step of one that was never collected is no part of this stop.
std::optional<Status> next_of_return(Status status) {
  switch (status) {
    case Status::collected:
      return Status::in_storage;
    case Status::in_storage:
      return Status::returned;
    default:
      return next_of_pickup(status);
  }
}

Stop stop_of_return(BookingWithItems from) {
  Stop stop{.kind = PlaceKind::handback, .booking = std::move(from.booking)};
  stop.items = std::move(from.items);
  const Booking& booking = stop.booking;
  stop.is_done = booking.status == Status::returned;
  stop.is_ready = stop.is_done || booking.is_with_us();
  stop.owed = owed_by(booking);
  stop.next_step = next_of_return(booking.status);
  return stop;
}

bool is_brought(const Stop& stop) {
  return stop.kind == PlaceKind::pickup && stop.booking.pickup_method == PickupMethod::brought;
}

/// Empty where things are fetched at the store at any time.
const std::string& window_text(const Stop& stop) {
  const Booking& booking = stop.booking;
  if (stop.kind == PlaceKind::pickup || !booking.handback) return booking.pickup_window;
  return booking.handback->window;
}

std::vector<Stop> read_stops(Reader& reader, std::string_view date, int limit) {
  std::vector<Stop> stops;
  for (BookingWithItems& booking : reader.bookings().list_pickups(date, limit)) {
    stops.push_back(pickup_of(std::move(booking)));
  }
  for (BookingWithItems& booking : reader.bookings().list_returns(date, limit)) {
    stops.push_back(stop_of_return(std::move(booking)));
  }
  return stops;
}

/// Windows by their hours, those that name none by their text, and at last the store, where nobody
/// drives.
struct WindowKey {
  bool is_store = false;
  bool is_text = false;
  Hours hours;
  std::string text;

  bool operator<(const WindowKey& other) const {
    return std::tie(is_store, is_text, hours, text) <
           std::tie(other.is_store, other.is_text, other.hours, other.text);
  }
};

using Windows = std::map<WindowKey, DayWindow>;

DayWindow& window_of_hours(Windows& windows, const Hours& hours) {
  DayWindow& window = windows[{.hours = hours}];
  window.window = to_text(hours);
  window.hours = hours;
  return window;
}

DayWindow& window_of(Windows& windows, const Stop& stop) {
  if (is_brought(stop)) {
    DayWindow& store = windows[{.is_store = true, .hours = {}}];
    store.window = store_window;
    return store;
  }
  const std::string& text = window_text(stop);
  if (const auto hours = find_hours(text)) return window_of_hours(windows, *hours);
  DayWindow& window = windows[{.is_text = true, .hours = {}, .text = text}];
  window.window = text;
  return window;
}

/// The calendar's windows of the day, with what is free in them.
Windows calendar_windows(Reader& reader, const Calendar& calendar, std::string_view date,
                         Instant now) {
  const TakenPlaces taken = reader.calendar().taken(date, date);
  Windows windows;
  for (Slot& slot : slots_on(calendar, date, PlaceKind::pickup, taken, now).slots) {
    window_of_hours(windows, slot.hours).pickups = slot;
  }
  for (Slot& slot : slots_on(calendar, date, PlaceKind::handback, taken, now).slots) {
    window_of_hours(windows, slot.hours).returns = slot;
  }
  return windows;
}

void add_photos(Reader& reader, std::vector<Stop>& stops) {
  std::vector<std::string> ids;
  for (const Stop& stop : stops) ids.push_back(stop.booking.id);
  PhotosOfBookings photos = reader.uploads().list_photos(ids);
  // A booking may have two stops.
  for (Stop& stop : stops) stop.photos = photos[stop.booking.id];
}

/// A return goes where the things were collected, unless it says otherwise. Who comes to the store
/// is in no residence.
StopAddress stop_address(const Stop& stop) {
  const Booking& booking = stop.booking;
  if (is_brought(stop)) return {booking.address, "", ""};
  if (stop.kind == PlaceKind::handback && booking.handback) {
    const Handback& handback = *booking.handback;
    if (handback.method == ReturnMethod::collect_at_store) return {booking.address, "", ""};
    if (!handback.address.empty()) return {handback.address, handback.residence_id, handback.room};
  }
  return {booking.address, booking.residence_id, booking.room};
}

/// The residences of the stops that there still are.
std::vector<Residence> residences_of(Reader& reader, const std::vector<Stop>& stops) {
  std::set<std::string> ids;
  for (const Stop& stop : stops) ids.insert(stop_address(stop).residence_id);
  ids.erase("");
  if (ids.empty()) return {};
  std::vector<Residence> residences = reader.residences().list();
  std::erase_if(residences, [&](const Residence& each) { return !ids.contains(each.id); });
  return residences;
}

void sort(std::vector<Stop>& stops, const std::vector<Residence>& residences) {
  const auto key = [&](const Stop& stop) {
    const StopAddress at = stop_address(stop);
    const Residence* residence = find_residence(residences, at.residence_id);
    return std::tuple(!stop.is_ready, residence == nullptr,
                      natural_order(residence ? residence->name : ""),
                      natural_order(residence ? at.room : ""), street_order(at.address),
                      stop.booking.customer_name, stop.booking.id);
  };
  std::sort(stops.begin(), stops.end(),
            [&](const Stop& one, const Stop& other) { return key(one) < key(other); });
}

void count(DayTotals& totals, const Stop& stop) {
  ++totals.stops;
  if (stop.is_done) ++totals.done;
  for (const Item& item : stop.items) ++totals.items[{item.type, item.label}];
}

}  // namespace

StaffDay staff_day(Reader& reader, std::string_view date, Instant now, int max_stops) {
  const Calendar calendar = reader.calendar().find().value_or(default_calendar());
  StaffDay day{.date = std::string(date), .closed = calendar.why_closed(date)};
  std::vector<Stop> stops = read_stops(reader, date, max_stops + 1);
  day.is_complete = stops.size() <= static_cast<std::size_t>(max_stops);
  if (!day.is_complete) stops.erase(stops.begin() + max_stops, stops.end());
  add_photos(reader, stops);
  day.residences = residences_of(reader, stops);
  Windows windows = calendar_windows(reader, calendar, date, now);
  for (Stop& stop : stops) {
    count(day.totals, stop);
    window_of(windows, stop).stops.push_back(std::move(stop));
  }
  for (auto& [key, window] : windows) {
    sort(window.stops, day.residences);
    day.windows.push_back(std::move(window));
  }
  if (date == to_day(now)) {
    day.overdue = reader.bookings().list_overdue(date, max_overdue);
    day.overdue_count = reader.bookings().count_overdue(date);
  }
  return day;
}

}  // namespace hss::domain
