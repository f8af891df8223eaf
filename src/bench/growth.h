#pragma once

#include <cstddef>
#include <string>

#include "bench/report.h"

namespace hss::bench {

/// Measures what each route takes with `bookings` in the file beside what it takes with 1,000, in
/// turn on one connection; and how long the large file takes to start. Fills `folder` with some 2
/// GB a million. Throws std::runtime_error with a sentence.
void measure_growth(const std::string& folder, std::size_t bookings, Report& report);

}  // namespace hss::bench
