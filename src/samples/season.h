#pragma once

#include "domain/clock.h"
#include "domain/store.h"

namespace hss::samples {

/// Fills an empty store with the believable season of plan_season(), with its history, made through
/// the booking service with a clock of its own: dates are relative to `now`, and all else is the
/// same each time.
void fill_season(domain::Store& store, domain::Instant now);

}  // namespace hss::samples
