#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "domain/clock.h"

namespace hss::domain {

/// Hours of a day in South Africa, each `HH:MM`.
struct Hours {
  std::string starts;
  std::string ends;  ///< after `starts`

  bool operator==(const Hours&) const = default;
  bool operator<(const Hours& other) const {
    return std::tie(starts, ends) < std::tie(other.starts, other.ends);
  }
};

/// As customers choose them: `08:00 – 11:00`.
std::string to_text(const Hours& hours);

/// The hours that such a text names, also with a hyphen or without the spaces; none if it names
/// none.
std::optional<Hours> find_hours(std::string_view text);

/// True for a time of day as `HH:MM`.
bool is_time_of_day(std::string_view text);

/// What is done in a window.
enum class PlaceKind { pickup, handback };

inline constexpr std::array all_place_kinds{PlaceKind::pickup, PlaceKind::handback};

/// `pickup` or `return`.
std::string_view to_text(PlaceKind kind);
std::optional<PlaceKind> find_place_kind(std::string_view text);

/// The hours that staff drive, and how many stops they can make in them. Empty: no limit.
struct Window {
  Hours hours;
  std::optional<int> capacity;  ///< of pickups and returns together
  std::optional<int> pickup_capacity;
  std::optional<int> return_capacity;

  bool operator==(const Window&) const = default;
};

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

inline constexpr std::array all_weekdays{Weekday::monday,   Weekday::tuesday, Weekday::wednesday,
                                         Weekday::thursday, Weekday::friday,  Weekday::saturday,
                                         Weekday::sunday};

std::string_view to_text(Weekday weekday);
std::optional<Weekday> find_weekday(std::string_view text);

struct WeeklyWindow {
  Weekday weekday = Weekday::monday;
  Window window;

  bool operator==(const WeeklyWindow&) const = default;
};

/// A date that differs from its weekday: closed for a reason, or with windows of its own.
struct CalendarException {
  std::string date;
  std::string closed;  ///< the reason; empty: `windows` hold
  std::vector<Window> windows;

  bool operator==(const CalendarException&) const = default;
};

/// When the business collects and brings back. Times are South Africa's.
struct Calendar {
  std::int64_t version = 0;  ///< counts what was saved; 0: nothing, and then nothing is enforced
  std::vector<WeeklyWindow> windows;
  std::vector<CalendarException> exceptions;
  std::string first_day;            ///< the first that can be booked; empty: any
  std::string last_day;             ///< likewise
  int lead_hours = 0;               ///< before a window begins, it can be booked no more
  std::optional<int> horizon_days;  ///< how many days ahead can be booked; empty: any number
  bool closed_on_holidays = true;
  /// An approved booking whose items, price or day its customer changes is approved anew.
  bool changes_need_approval = true;

  bool operator==(const Calendar&) const = default;

  /// The windows of the date, in order; none where it is closed.
  std::vector<Window> windows_on(std::string_view date) const;
  /// Why nothing is done on this date at all, for a person; empty if something is.
  std::string why_closed(std::string_view date) const;
  /// True if any day has these hours.
  bool has_hours(const Hours& hours) const;
};

/// What holds until a calendar is saved: three windows on any day, without a limit.
Calendar default_calendar();

/// Why a window cannot be booked, whatever is free in it.
struct Closure {
  enum class Reason { closed, past, lead, season, horizon };

  Reason reason = Reason::closed;
  std::string words;  ///< for a person
};

std::string_view to_text(Closure::Reason reason);

/// Empty if the window of a calendar that was saved can be booked at `now`.
std::optional<Closure> find_closure(const Calendar& calendar, std::string_view date,
                                    const Hours& hours, Instant now);
/// The same for a window that the date is known to have.
std::optional<Closure> find_closure_of_window(const Calendar& calendar, std::string_view date,
                                              const Hours& hours, Instant now);

/// True once a window that begins then can be booked no more, or left: its lead has begun.
bool is_past_lead(const Calendar& calendar, std::string_view date, const Hours& hours, Instant now);

/// So many days after a calendar date; before it, if they are negative. The last that there is, if
/// that would be later.
std::string add_days(std::string_view date, int days);

}  // namespace hss::domain
