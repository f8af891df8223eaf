#include "domain/calendar/calendar.h"

#include <algorithm>
#include <chrono>

#include "domain/calendar/holidays.h"
#include "domain/enum_names.h"

namespace hss::domain {
namespace {

using namespace std::chrono;

constexpr EnumNames<PlaceKind, all_place_kinds.size()> kinds{{"pickup", "return"}};
constexpr EnumNames<Weekday, all_weekdays.size()> weekdays{
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}};
using Reason = Closure::Reason;
constexpr EnumNames<Reason, 5> reasons{{"closed", "past", "lead", "season", "horizon"}};

int number_at(std::string_view text, std::size_t at, std::size_t width) {
  int number = 0;
  for (const char digit : text.substr(at, width)) number = number * 10 + (digit - '0');
  return number;
}

sys_days day_of(std::string_view date) {
  return sys_days{year{number_at(date, 0, 4)} /
                  month{static_cast<unsigned>(number_at(date, 5, 2))} /
                  day{static_cast<unsigned>(number_at(date, 8, 2))}};
}

Weekday weekday_of(std::string_view date) {
  return static_cast<Weekday>(weekday(day_of(date)).iso_encoding() - 1);
}

/// Reaches further than an Instant, which ends in 2262.
using Milliseconds = sys_time<milliseconds>;

/// South Africa is two hours ahead of UTC all year.
Milliseconds start_of(std::string_view date, const Hours& hours) {
  return day_of(date) + std::chrono::hours(number_at(hours.starts, 0, 2)) +
         minutes(number_at(hours.starts, 3, 2)) - std::chrono::hours(2);
}

const CalendarException* find_exception(const Calendar& calendar, std::string_view date) {
  const auto found =
      std::find_if(calendar.exceptions.begin(), calendar.exceptions.end(),
                   [&](const CalendarException& exception) { return exception.date == date; });
  return found == calendar.exceptions.end() ? nullptr : &*found;
}

}  // namespace

std::string to_text(const Hours& hours) {
  return hours.starts + " – " + hours.ends;
}

bool is_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  constexpr std::array<std::size_t, 4> digits{0, 1, 3, 4};
  for (const std::size_t at : digits) {
    if (text[at] < '0' || text[at] > '9') return false;
  }
  return number_at(text, 0, 2) < 24 && number_at(text, 3, 2) < 60;
}

std::optional<Hours> find_hours(std::string_view text) {
  std::string bare;
  for (const char letter : text) {
    if (letter != ' ') bare += letter;
  }
  constexpr std::size_t time = 5;
  for (const std::string_view dash : {"–", "-", "—"}) {
    if (bare.size() != 2 * time + dash.size() || bare.compare(time, dash.size(), dash) != 0) {
      continue;
    }
    Hours hours{bare.substr(0, time), bare.substr(time + dash.size())};
    if (is_time_of_day(hours.starts) && is_time_of_day(hours.ends) && hours.starts < hours.ends) {
      return hours;
    }
  }
  return std::nullopt;
}

std::string_view to_text(PlaceKind kind) {
  return kinds[kind];
}
std::optional<PlaceKind> find_place_kind(std::string_view text) {
  return kinds.find(text);
}
std::string_view to_text(Weekday weekday) {
  return weekdays[weekday];
}
std::optional<Weekday> find_weekday(std::string_view text) {
  return weekdays.find(text);
}
std::string_view to_text(Closure::Reason reason) {
  return reasons[reason];
}

std::vector<Window> Calendar::windows_on(std::string_view date) const {
  std::vector<Window> found;
  if (!why_closed(date).empty()) return found;
  if (const auto* exception = find_exception(*this, date)) {
    found = exception->windows;
  } else {
    const Weekday weekday = weekday_of(date);
    for (const WeeklyWindow& weekly : windows) {
      if (weekly.weekday == weekday) found.push_back(weekly.window);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Window& one, const Window& other) { return one.hours < other.hours; });
  return found;
}

std::string Calendar::why_closed(std::string_view date) const {
  // Who sets windows for a date works on it, though it is a holiday.
  if (const auto* exception = find_exception(*this, date)) return exception->closed;
  if (closed_on_holidays) {
    if (auto holiday = find_public_holiday(date)) return *std::move(holiday);
  }
  const Weekday weekday = weekday_of(date);
  const bool works = std::any_of(windows.begin(), windows.end(), [&](const WeeklyWindow& weekly) {
    return weekly.weekday == weekday;
  });
  return works ? "" : "Closed on this day of the week";
}

bool Calendar::has_hours(const Hours& hours) const {
  const auto is_it = [&](const Window& window) { return window.hours == hours; };
  return std::any_of(windows.begin(), windows.end(),
                     [&](const WeeklyWindow& weekly) { return is_it(weekly.window); }) ||
         std::any_of(exceptions.begin(), exceptions.end(), [&](const CalendarException& exception) {
           return std::any_of(exception.windows.begin(), exception.windows.end(), is_it);
         });
}

Calendar default_calendar() {
  Calendar calendar{.closed_on_holidays = false};
  for (const Weekday weekday : all_weekdays) {
    for (const char* text : {"08:00 – 11:00", "11:00 – 14:00", "14:00 – 17:00"}) {
      calendar.windows.push_back({weekday, {.hours = *find_hours(text)}});
    }
  }
  return calendar;
}

std::optional<Closure> find_closure_of_window(const Calendar& calendar, std::string_view date,
                                              const Hours& hours, Instant now) {
  const std::string today = to_day(now);
  const Milliseconds start = start_of(date, hours);
  if (start <= floor<milliseconds>(now)) return Closure{Reason::past, "This time is past"};
  if ((!calendar.first_day.empty() && date < calendar.first_day) ||
      (!calendar.last_day.empty() && date > calendar.last_day)) {
    return Closure{Reason::season, "Outside the season"};
  }
  if (calendar.horizon_days && date > add_days(today, *calendar.horizon_days)) {
    return Closure{Reason::horizon, "Not open for booking yet"};
  }
  if (is_past_lead(calendar, date, hours, now)) {
    return Closure{Reason::lead, "Too late to book this time"};
  }
  return std::nullopt;
}

std::optional<Closure> find_closure(const Calendar& calendar, std::string_view date,
                                    const Hours& hours, Instant now) {
  auto closure = find_closure_of_window(calendar, date, hours, now);
  if (closure && closure->reason != Reason::lead) return closure;
  if (std::string why = calendar.why_closed(date); !why.empty()) {
    return Closure{Reason::closed, std::move(why)};
  }
  const auto windows = calendar.windows_on(date);
  const bool is_window = std::any_of(windows.begin(), windows.end(),
                                     [&](const Window& window) { return window.hours == hours; });
  if (!is_window) return Closure{Reason::closed, "No such window on this day"};
  return closure;
}

bool is_past_lead(const Calendar& calendar, std::string_view date, const Hours& hours,
                  Instant now) {
  return start_of(date, hours) - std::chrono::hours(calendar.lead_hours) < floor<milliseconds>(now);
}

std::string add_days(std::string_view date, int days) {
  constexpr sys_days last = year{9999} / December / 31;
  return to_date(std::min(last, day_of(date) + std::chrono::days(days)));
}

}  // namespace hss::domain
