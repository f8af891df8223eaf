#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/calendar/slots.h"
#include "domain/store.h"

namespace hss::domain {

/// A visit of staff to a customer, or of a customer who brings their things to the store.
struct Stop {
  PlaceKind kind = PlaceKind::pickup;
  Booking booking;
  std::vector<Item> items;
  std::vector<std::string> photos;  ///< ids of their uploads
  Money owed;                       ///< by the customer, now
  bool is_ready = false;            ///< staff may come: it is approved and paid
  bool is_done = false;             ///< staff have been there
  std::optional<Status> next_step;  ///< that comes next; empty once it is done
};

/// The stops of a day that customers await at the same hours, or those at the store.
struct DayWindow {
  std::string window;          ///< as customers choose it
  std::optional<Hours> hours;  ///< none if the window names none
  /// The calendar's places for each kind of stop; none if it has no such window on that day.
  std::optional<Slot> pickups, returns;
  /// Those that staff may go to by their address, a street's house numbers in order, and after them
  /// those that are not ready, likewise.
  std::vector<Stop> stops;
};

struct DayTotals {
  int stops = 0, done = 0;
  /// How many there are of each type and label, of all stops.
  std::map<std::pair<std::string, std::string>, int> items;
};

/// What staff have to do on a date.
struct StaffDay {
  std::string date;
  std::string closed;  ///< why the calendar has no windows, for a person; stops may be left
  std::vector<DayWindow> windows;  ///< by their hours, those of the calendar without stops, too
  DayTotals totals;
  bool is_complete = true;  ///< false if the day has more stops than were asked for
};

/// The day with every booking that is neither declined nor cancelled, or the first `max_stops` that
/// were made.
StaffDay staff_day(Reader& reader, std::string_view date, Instant now, int max_stops);

}  // namespace hss::domain
