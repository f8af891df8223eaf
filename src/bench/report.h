#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/load.h"

namespace hss::bench {

/// One line of the table.
struct Row {
  std::string name;
  std::size_t connections = 0;
  Load load;
  double cpu_us = 0;     ///< processor time of the server for each answer
  std::string baseline;  ///< the row to compare with; empty: none
  double ratio = 0;      ///< that row's answers a second
};

/// The results, printed as they come in and kept for the JSON file.
class Report {
 public:
  Report();

  /// A heading above the rows that follow.
  void begin_table();
  void add(const Row& row);
  /// A fact outside the table: `key` is its name in the JSON file.
  void add(const std::string& key, double value, const std::string& sentence);

  nlohmann::ordered_json json;
};

}  // namespace hss::bench
