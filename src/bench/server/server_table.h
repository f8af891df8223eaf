#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/load.h"
#include "bench/report.h"

namespace hss::bench {

/// What one measurement gave.
struct Figure {
  Load load;
  double cpu_us = 0;  ///< processor time of all instances for each answer
};

/// One line of the table: what was measured, where, round for round.
struct ServerRow {
  std::string name;
  std::string engine;                ///< in words: what answered
  std::optional<double> network_ms;  ///< each round trip's delay; none: nothing between
  std::size_t instances = 0;         ///< 0: the engine itself
  std::vector<Figure> rounds;
  bool is_rate = true;  ///< false: only its times say something
  /// Rows to compare with, of as many rounds, and the word for each.
  std::vector<std::pair<std::string, const ServerRow*>> baselines;
};

/// Prints the table and adds it to the report: medians of the rounds, least and most, and the
/// medians of each round's ratios.
void report_table(const std::vector<const ServerRow*>& rows, Report& report);

}  // namespace hss::bench
