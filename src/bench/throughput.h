#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/report.h"

namespace hss::bench {

struct ThroughputOptions {
  std::string folder;                    ///< for the databases
  std::chrono::milliseconds time{1000};  ///< of each measurement
  int rounds = 3;                        ///< of all of them; the table has their medians
  std::vector<std::size_t> connections;  ///< one number after another
};

/// Measures the answers a second of this executable, route by route, beside bare httplib and bare
/// SQLite in the same rounds: machines differ and change their speed, so the ratios count. Throws
/// std::runtime_error with a sentence.
void measure_throughput(const ThroughputOptions& options, Report& report);

}  // namespace hss::bench
