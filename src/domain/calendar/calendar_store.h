#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/calendar/calendar.h"

namespace hss::domain {

/// One stop of staff in a window.
struct Place {
  std::string date;
  Hours hours;
  PlaceKind kind = PlaceKind::pickup;

  bool operator==(const Place&) const = default;
  bool operator<(const Place& other) const {
    return std::tie(date, hours, kind) < std::tie(other.date, other.hours, other.kind);
  }
};

/// The pickup's place that a booking's date and window take; none where the window names no hours.
std::optional<Place> find_pickup_place(std::string_view date, std::string_view window);

/// How many of each place are taken, where any are.
using TakenPlaces = std::map<Place, int>;

/// The calendar, and the places that bookings take. They are counted from the first calendar on,
/// for every booking that names hours and is neither declined nor cancelled.
class CalendarReader {
 public:
  virtual ~CalendarReader() = default;

  /// None until one is saved.
  virtual std::optional<Calendar> find() = 0;
  /// Of the dates from `first` to `last`.
  virtual TakenPlaces taken(std::string_view first, std::string_view last) = 0;
};

class CalendarWriter : public CalendarReader {
 public:
  /// The calendar has its new version. Counts the places of all bookings if it is the first.
  virtual void save(const Calendar& calendar, std::string_view updated_at) = 0;
  /// One more of the place is taken. Only where a calendar was saved.
  virtual void take(const Place& place) = 0;
  /// One that was taken is free again.
  virtual void give_back(const Place& place) = 0;
};

}  // namespace hss::domain
