#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/calendar_store.h"

namespace hss::domain {

/// A window of a day, as it can be booked for one kind of stop.
struct Slot {
  Hours hours;
  std::optional<int> capacity;     ///< of this kind; empty: no limit
  std::optional<int> free;         ///< places; 0 also where more are taken than there are
  int over = 0;                    ///< by how many more are taken than there are
  std::optional<Closure> closure;  ///< none while it can be booked, if there is a place
};

struct SlotDay {
  std::string date;
  std::string closed;  ///< the reason, for a person; empty: there are windows
  std::vector<Slot> slots;
};

/// The day's windows. A calendar that nobody saved (version 0) closes nothing.
SlotDay slots_on(const Calendar& calendar, std::string_view date, PlaceKind kind,
                 const TakenPlaces& taken, Instant now);

/// How many of the place are free; none if there is no limit, or the day has no such window.
std::optional<int> count_free(const Calendar& calendar, const Place& place,
                              const TakenPlaces& taken);

/// The first places of that kind that can be booked from the date `first` on, `count` at most.
/// `read_taken(first, last)` is called for the days that are looked at.
template <class ReadTaken>
std::vector<Place> find_free(const Calendar& calendar, const std::string& first, PlaceKind kind,
                             std::size_t count, Instant now, const ReadTaken& read_taken) {
  constexpr int days_looked_at = 62;
  const std::string last = add_days(first, days_looked_at);
  const TakenPlaces taken = read_taken(first, last);
  std::vector<Place> free;
  for (int day = 0; day <= days_looked_at && free.size() < count; ++day) {
    const std::string date = add_days(first, day);
    for (const Slot& slot : slots_on(calendar, date, kind, taken, now).slots) {
      if (slot.closure || slot.free == 0 || free.size() == count) continue;
      free.push_back({date, slot.hours, kind});
    }
    if (date == last) break;
  }
  return free;
}

/// The next that can be booked from the wanted one's date on; the first of all if there are none,
/// as the date is behind what can be booked.
template <class ReadTaken>
std::vector<Place> next_free(const Calendar& calendar, const Place& wanted, std::size_t count,
                             Instant now, const ReadTaken& read_taken) {
  const std::string earliest = std::max(calendar.first_day, to_day(now));
  const std::string first = std::max(wanted.date, earliest);
  auto free = find_free(calendar, first, wanted.kind, count, now, read_taken);
  if (!free.empty() || first == earliest) return free;
  return find_free(calendar, earliest, wanted.kind, count, now, read_taken);
}

}  // namespace hss::domain
