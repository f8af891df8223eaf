#pragma once

#include <string>
#include <vector>

#include "domain/calendar/calendar.h"
#include "domain/validation/field.h"

namespace hss::domain {

struct WindowForm {
  Field<std::string> weekday;  ///< of a weekly window alone
  Field<std::string> starts, ends;
  Field<double> capacity, pickup_capacity, return_capacity;
};

struct ExceptionForm {
  Field<std::string> date, closed;
  Field<std::vector<Field<WindowForm>>> windows;
};

/// An unchecked calendar. An entry of a list is a wrong type if it is no object.
struct CalendarForm {
  Field<std::vector<Field<WindowForm>>> windows;
  Field<std::vector<Field<ExceptionForm>>> exceptions;
  bool season_is_wrong_type = false;  ///< `season` is present, but no object
  Field<std::string> first_day, last_day;
  Field<double> lead_hours, horizon_days;
  Field<bool> closed_on_holidays, changes_need_approval;
};

/// Returns the checked calendar, sorted, with the version 0. What is left out is empty, without a
/// limit, closed on public holidays, or to be approved anew. Throws Error{validation_error} with
/// every error.
Calendar validate(const CalendarForm& form);

}  // namespace hss::domain
