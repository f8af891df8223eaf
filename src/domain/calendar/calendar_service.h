#pragma once

#include "domain/accounts/principal.h"
#include "domain/calendar/calendar.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::domain {

/// True if it is what was saved last, whatever its version: whoever lost the answer sends it again.
bool is_saved(const Calendar& calendar, const Calendar& last);

/// Saves the calendar as the next version, with its audit event `calendar_changed`, which says of
/// each part that changed what it was and is; does nothing if nothing changed. Returns the calendar
/// as it is now.
Calendar save_calendar(Tx& tx, Calendar calendar, const Caller& caller, Instant now);

}  // namespace hss::domain
