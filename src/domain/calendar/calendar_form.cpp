#include "domain/calendar/calendar_form.h"

#include <algorithm>
#include <cmath>

#include "domain/validation/form_list.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_windows = 100;
constexpr std::size_t max_exceptions = 500;
constexpr int max_capacity = 10'000;
constexpr int max_lead_hours = 31 * 24;
constexpr int max_horizon_days = 730;

std::optional<int> whole_number(const std::string& name, const Field<double>& field, int least,
                                int most, ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  const double* number = field.value();
  if (number == nullptr || !(*number >= least && *number <= most) ||
      *number != std::floor(*number)) {
    errors.add(name + " must be a whole number from " + std::to_string(least) + " to " +
               std::to_string(most));
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

bool true_unless_false(const std::string& name, const Field<bool>& field,
                       ValidationErrors& errors) {
  if (field.is_wrong_type()) errors.add(name + " must be true or false");
  return field.value() == nullptr || *field.value();
}

std::string time_of_day(const std::string& name, const Field<std::string>& field,
                        ValidationErrors& errors) {
  if (field.value() == nullptr || !is_time_of_day(*field.value())) {
    errors.add(name + " must be a time as HH:MM");
    return {};
  }
  return *field.value();
}

Window window_of(const std::string& where, const WindowForm& form, ValidationErrors& errors) {
  Window window{.hours = {.starts = time_of_day(where + ".starts", form.starts, errors),
                          .ends = time_of_day(where + ".ends", form.ends, errors)}};
  const Hours& hours = window.hours;
  if (!hours.starts.empty() && !hours.ends.empty() && hours.ends <= hours.starts) {
    errors.add(where + ".ends must be after its start");
  }
  const auto capacity = [&](const char* name, const Field<double>& field) {
    return whole_number(where + "." + name, field, 0, max_capacity, errors);
  };
  window.capacity = capacity("capacity", form.capacity);
  window.pickup_capacity = capacity("pickup_capacity", form.pickup_capacity);
  window.return_capacity = capacity("return_capacity", form.return_capacity);
  return window;
}

Weekday weekday_of(const std::string& where, const Field<std::string>& field,
                   ValidationErrors& errors) {
  const auto weekday = field.value() ? find_weekday(*field.value()) : std::nullopt;
  if (!weekday) {
    std::string names;
    for (const Weekday each : all_weekdays) {
      names += (names.empty() ? "'" : ", '") + std::string(to_text(each)) + "'";
    }
    errors.add(where + ".weekday must be one of [" + names + "]");
  }
  return weekday.value_or(Weekday::monday);
}

CalendarException exception_of(const std::string& where, const ExceptionForm& form,
                               ValidationErrors& errors) {
  CalendarException exception{.date = optional_date(where + ".date", form.date, errors)};
  if (form.date.is_absent()) errors.add(where + ".date is required");
  if (!form.closed.is_absent()) {
    exception.closed = required_text(where + ".closed", form.closed, {.at_most = 80}, errors);
  }
  each_entry(where + ".windows", form.windows, max_windows, errors,
             [&](const std::string& window, const WindowForm& entry) {
               exception.windows.push_back(window_of(window, entry, errors));
             });
  if (form.closed.is_absent() == form.windows.is_absent()) {
    errors.add(where + " must have either the reason why it is closed, or windows");
  }
  if (form.windows.value() && form.windows.value()->empty()) {
    errors.add(where + ".windows must contain at least one entry");
  }
  return exception;
}

/// What a fault has emptied is the same as nothing else.
void require_each_once(const Calendar& calendar, ValidationErrors& errors) {
  const auto same_window = [](const WeeklyWindow& one, const WeeklyWindow& other) {
    return one.weekday == other.weekday && one.window.hours == other.window.hours &&
           !one.window.hours.starts.empty();
  };
  const auto window =
      std::adjacent_find(calendar.windows.begin(), calendar.windows.end(), same_window);
  if (window != calendar.windows.end()) {
    errors.add("windows must have " + to_text(window->window.hours) + " on " +
               std::string(to_text(window->weekday)) + " once");
  }
  for (const CalendarException& exception : calendar.exceptions) {
    const auto twice =
        std::adjacent_find(exception.windows.begin(), exception.windows.end(),
                           [](const Window& one, const Window& other) {
                             return one.hours == other.hours && !one.hours.starts.empty();
                           });
    if (twice != exception.windows.end()) {
      errors.add("exceptions must have " + to_text(twice->hours) + " on " + exception.date +
                 " once");
    }
  }
  const auto date = std::adjacent_find(calendar.exceptions.begin(), calendar.exceptions.end(),
                                       [](const auto& one, const auto& other) {
                                         return one.date == other.date && !one.date.empty();
                                       });
  if (date != calendar.exceptions.end()) {
    errors.add("exceptions must have the date " + date->date + " once");
  }
}

void sort(Calendar& calendar) {
  const auto by_hours = [](const Window& one, const Window& other) {
    return one.hours < other.hours;
  };
  std::stable_sort(calendar.windows.begin(), calendar.windows.end(),
                   [&](const WeeklyWindow& one, const WeeklyWindow& other) {
                     if (one.weekday != other.weekday) return one.weekday < other.weekday;
                     return by_hours(one.window, other.window);
                   });
  for (CalendarException& exception : calendar.exceptions) {
    std::stable_sort(exception.windows.begin(), exception.windows.end(), by_hours);
  }
  std::stable_sort(calendar.exceptions.begin(), calendar.exceptions.end(),
                   [](const auto& one, const auto& other) { return one.date < other.date; });
}

}  // namespace

Calendar validate(const CalendarForm& form) {
  ValidationErrors errors;
  Calendar calendar;
  if (form.windows.is_absent()) errors.add("windows is required");
  each_entry("windows", form.windows, max_windows, errors,
             [&](const std::string& where, const WindowForm& entry) {
               const Weekday weekday = weekday_of(where, entry.weekday, errors);
               calendar.windows.push_back({weekday, window_of(where, entry, errors)});
             });
  each_entry("exceptions", form.exceptions, max_exceptions, errors,
             [&](const std::string& where, const ExceptionForm& entry) {
               calendar.exceptions.push_back(exception_of(where, entry, errors));
             });
  if (form.season_is_wrong_type) errors.add("season must be an object");
  calendar.first_day = optional_date("season.first", form.first_day, errors);
  calendar.last_day = optional_date("season.last", form.last_day, errors);
  if (!calendar.first_day.empty() && !calendar.last_day.empty() &&
      calendar.last_day < calendar.first_day) {
    errors.add("season.last must not be before season.first");
  }
  calendar.lead_hours =
      whole_number("lead_hours", form.lead_hours, 0, max_lead_hours, errors).value_or(0);
  calendar.horizon_days =
      whole_number("horizon_days", form.horizon_days, 1, max_horizon_days, errors);
  calendar.closed_on_holidays =
      true_unless_false("closed_on_holidays", form.closed_on_holidays, errors);
  calendar.changes_need_approval =
      true_unless_false("changes_need_approval", form.changes_need_approval, errors);
  sort(calendar);
  require_each_once(calendar, errors);
  errors.throw_if_any("The calendar has faults");
  return calendar;
}

}  // namespace hss::domain
