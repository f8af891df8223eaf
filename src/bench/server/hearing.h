#pragma once

#include <cstddef>

#include "bench/load.h"

namespace hss::bench {

/// Makes that many bookings, one after the other, by requests to the instance at `from`, and
/// measures from sending each request until its event has come by a stream of the instance at `to`.
/// Random pauses keep them out of step with whatever looks for events at intervals. In the result,
/// p999_ms is the longest time, and `unexpected` counts those that did not come within 5 s.
Load measure_hearing(int from, int to, std::size_t bookings);

}  // namespace hss::bench
