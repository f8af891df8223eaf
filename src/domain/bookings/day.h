#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/calendar/slots.h"
#include "domain/residences/residence.h"
#include "domain/store.h"

namespace hss::domain {

/// A visit of staff to a customer, or of a customer to the store, with their things or for them.
struct Stop {
  PlaceKind kind = PlaceKind::pickup;
  Booking booking;
  std::vector<Item> items;
  std::vector<std::string> photos;  ///< ids of their uploads
  Money owed;                       ///< by the customer, now
  bool is_ready = false;            ///< a pickup is approved and paid, a return was collected
  bool is_done = false;             ///< staff have been there
  std::optional<Status> next_step;  ///< that comes next; empty once it is done
};

/// The stops of a day that customers await at the same hours, or those at the store.
struct DayWindow {
  std::string window;          ///< as customers choose it
  std::optional<Hours> hours;  ///< none if the window names none
  /// The calendar's places for each kind of stop; none if it has no such window on that day.
  std::optional<Slot> pickups, returns;
  /// Those that staff may go to: residences by name, their rooms in order, then the other
  /// addresses, a street's house numbers in order; and after them those that are not ready,
  /// likewise.
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
  std::vector<DayWindow> windows;     ///< by their hours, those of the calendar without stops, too
  std::vector<Residence> residences;  ///< of its stops, as they are now, by their names
  DayTotals totals;
  bool is_complete = true;  ///< false if the day has more stops than were asked for
  /// Of today alone: bookings that were to leave the store before it, first those that were to
  /// leave first, and how many there are in all.
  std::vector<Booking> overdue;
  std::int64_t overdue_count = 0;
};

/// The day with every booking that is neither declined nor cancelled; of more than `max_stops`
/// stops, the pickups that were booked first, then returns likewise.
StaffDay staff_day(Reader& reader, std::string_view date, Instant now, int max_stops);

}  // namespace hss::domain
