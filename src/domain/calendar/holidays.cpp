#include "domain/calendar/holidays.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "domain/clock.h"

namespace hss::domain {
namespace {

using namespace std::chrono;

struct FixedHoliday {
  month_day day;
  const char* name;
};

constexpr std::array<FixedHoliday, 10> fixed{{{January / 1, "New Year's Day"},
                                              {March / 21, "Human Rights Day"},
                                              {April / 27, "Freedom Day"},
                                              {May / 1, "Workers' Day"},
                                              {June / 16, "Youth Day"},
                                              {August / 9, "National Women's Day"},
                                              {September / 24, "Heritage Day"},
                                              {December / 16, "Day of Reconciliation"},
                                              {December / 25, "Christmas Day"},
                                              {December / 26, "Day of Goodwill"}}};

/// Easter Sunday in the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
sys_days easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return sys_days{std::chrono::year{year} / (f / 31) / (f % 31 + 1)};
}

/// Calls `tell(day, name, is_observed)` for each of the year; where two fall on a day, the first
/// has its name.
template <class Tell>
void each_holiday(int year, const Tell& tell) {
  const sys_days sunday = easter(year);
  tell(sunday - days(2), "Good Friday", false);
  tell(sunday + days(1), "Family Day", false);
  for (const FixedHoliday& holiday : fixed) {
    tell(sys_days{std::chrono::year{year} / holiday.day}, holiday.name, false);
  }
  for (const FixedHoliday& holiday : fixed) {
    const sys_days day{std::chrono::year{year} / holiday.day};
    if (weekday(day) == Sunday) tell(day + days(1), holiday.name, true);
  }
}

std::string name_of(const char* name, bool is_observed) {
  return is_observed ? std::string(name) + " (observed)" : name;
}

}  // namespace

std::vector<Holiday> public_holidays(int year) {
  std::vector<Holiday> holidays;
  each_holiday(year, [&](sys_days day, const char* name, bool is_observed) {
    const std::string date = to_date(day);
    const bool is_one = std::any_of(holidays.begin(), holidays.end(),
                                    [&](const Holiday& other) { return other.date == date; });
    if (!is_one) holidays.push_back({date, name_of(name, is_observed)});
  });
  std::sort(holidays.begin(), holidays.end(),
            [](const Holiday& one, const Holiday& other) { return one.date < other.date; });
  return holidays;
}

// Asked for each day of a list, so that no list of the year is made for it.
std::optional<std::string> find_public_holiday(std::string_view date) {
  std::optional<std::string> found;
  each_holiday(std::stoi(std::string(date.substr(0, 4))),
               [&](sys_days day, const char* name, bool is_observed) {
                 if (!found && to_date(day) == date) found = name_of(name, is_observed);
               });
  return found;
}

}  // namespace hss::domain
