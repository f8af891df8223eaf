#pragma once

#include <string>
#include <string_view>

#include "domain/calendar/calendar.h"

namespace hss::storage {

/// The calendar in stored form, without its version.
std::string to_json(const domain::Calendar& calendar);

/// Throws DamagedValue if the text is no such calendar.
domain::Calendar calendar_of(std::string_view json);

}  // namespace hss::storage
