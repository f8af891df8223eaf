#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/report.h"

namespace hss::bench {

struct ThroughputOptions {
  std::string folder;                    ///< for the databases
  std::chrono::milliseconds time{1000};  ///< of each measurement
  int rounds = 3;                        ///< of all of them; medians are shown
  std::vector<std::size_t> connections;  ///< one number after another
};

/// What this executable answers in a second, route by route, beside bare httplib and bare SQLite in
/// the same rounds: machines differ and change their speed, so the ratios are what counts. Throws
/// std::runtime_error with a sentence.
void measure_throughput(const ThroughputOptions& options, Report& report);

}  // namespace hss::bench
