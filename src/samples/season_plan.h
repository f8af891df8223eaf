#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/bookings/booking_change.h"
#include "domain/bookings/failed_trip.h"
#include "domain/bookings/lifecycle.h"
#include "domain/calendar/calendar.h"
#include "domain/clock.h"
#include "samples/booking.h"

namespace hss::samples {

/// What happens to a booking of the season, and when: it comes into a state, its customer asks for
/// the return, or staff come in vain.
struct Step {
  domain::Instant at;
  std::size_t booking = 0;  ///< its index in Plan::drafts
  std::variant<domain::Status, domain::BookingChange, domain::FailedTripRequest> what;
};

struct Plan {
  domain::Calendar calendar;  ///< saved before the first step
  std::vector<domain::BookingDraft> drafts;
  std::vector<Step> steps;  ///< in the order of time, all before `now`
};

/// Plans some 60 bookings in every state around `now`, with the calendar that they fit in: two of
/// its windows are full, one day is closed, a trip of yesterday failed, three returns are planned
/// for today, and one is overdue. From a week ahead on, nothing is full or closed.
Plan plan_season(domain::Instant now, Dice& dice);

}  // namespace hss::samples
