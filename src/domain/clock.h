#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

using Instant = std::chrono::system_clock::time_point;

/// The source of the time. Passed in, so that tests and the demo's season are exact. Called from
/// any thread.
using Clock = std::function<Instant()>;

/// Wraps the clock so that it goes on from where it was if it is set back: for measuring durations
/// only, so that nobody waits for the time between. Its times are never shown or stored. Unlike
/// other clocks it is called by one thread at a time.
Clock never_back(Clock now);

/// RFC 3339 in UTC with milliseconds: `2026-11-22T18:47:00.123Z`. Sorts as text.
std::string to_rfc3339(Instant instant);

/// Parses a result of to_rfc3339(); other text is not allowed.
Instant from_rfc3339(std::string_view text);

/// True for `YYYY-MM-DD` that names a real day of the calendar, from the year 1 on.
bool is_calendar_date(std::string_view text);

/// The day of `instant` in UTC as `YYYY-MM-DD`.
std::string to_date(Instant instant);

/// A day of the calendar as `YYYY-MM-DD`, also one that an Instant cannot be: those end in 2262.
std::string to_date(std::chrono::sys_days date);

/// The day of `instant` in South Africa (UTC+2 all year) as `YYYY-MM-DD`.
std::string to_day(Instant instant);

/// The Monday of the week of `instant` in South Africa (UTC+2 all year) as `YYYY-MM-DD`.
std::string to_week(Instant instant);

/// The last `count` weeks up to that of `now`, oldest first, as returned by to_week().
std::vector<std::string> last_weeks(Instant now, int count);

}  // namespace hss::domain
