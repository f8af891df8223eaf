#include "domain/bookings/day.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hss::domain {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// The address as it sorts along a street: without case, numbers by their value, and the house
/// number that it begins with behind the street.
std::string street_order(std::string_view address) {
  std::string_view house;
  if (!address.empty() && is_digit(address.front())) {
    house = address.substr(0, address.find(' '));
    address.remove_prefix(std::min(house.size() + 1, address.size()));
  }
  constexpr std::size_t width = 8;
  std::string key;
  for (const std::string_view part : {address, house}) {
    for (std::size_t at = 0; at < part.size();) {
      const std::size_t begin = at;
      while (at < part.size() && is_digit(part[at])) ++at;
      if (const std::size_t digits = at - begin; digits > 0) {
        key.append(width - std::min(width, digits), '0').append(part.substr(begin, digits));
      } else {
        const char letter = part[at++];
        key += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
      }
    }
    key += ' ';
  }
  return key;
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
  if (!booking.payment_reference) stop.owed = booking.price.total;
  stop.next_step = next_of_pickup(booking.status);
  return stop;
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

DayWindow& window_of(Windows& windows, const Booking& booking) {
  if (booking.pickup_method == PickupMethod::brought) {
    DayWindow& store = windows[{.is_store = true, .hours = {}}];
    store.window = store_window;
    return store;
  }
  const std::string& text = booking.pickup_window;
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
  for (Stop& stop : stops) stop.photos = std::move(photos[stop.booking.id]);
}

void sort(std::vector<Stop>& stops) {
  const auto key = [](const Stop& stop) {
    return std::tuple(!stop.is_ready, street_order(stop.booking.address),
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
  std::vector<Stop> stops;
  for (BookingWithItems& booking : reader.bookings().list_pickups(date, max_stops + 1)) {
    stops.push_back(pickup_of(std::move(booking)));
  }
  if (stops.size() > static_cast<std::size_t>(max_stops)) {
    stops.pop_back();
    day.is_complete = false;
  }
  add_photos(reader, stops);
  Windows windows = calendar_windows(reader, calendar, date, now);
  for (Stop& stop : stops) {
    count(day.totals, stop);
    window_of(windows, stop.booking).stops.push_back(std::move(stop));
  }
  for (auto& [key, window] : windows) {
    sort(window.stops);
    day.windows.push_back(std::move(window));
  }
  return day;
}

}  // namespace hss::domain
