#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/histogram.h"

namespace hss::metrics {

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

/// Metrics in Prometheus' text format, version 0.0.4: a family, then its samples, in the order in
/// which they are added.
class Text {
 public:
  enum class Kind { counter, gauge, histogram };
  /// The kind of a histogram's values, which decides the unit of the output.
  enum class Values { plain, microseconds_told_as_seconds };

  /// Begins a family for the samples that follow; `name` follows Prometheus' rules and ends with
  /// its unit.
  void family(std::string_view name, Kind kind, std::string_view help);
  void sample(const Labels& labels, double value);
  void sample(double value) { sample({}, value); }
  void sample(const Labels& labels, const Histogram& histogram, Values values);

  const std::string& text() const { return text_; }

 private:
  void line(std::string_view suffix, const Labels& labels, std::string_view bound, double value);

  std::string name_;
  std::string text_;
};

}  // namespace hss::metrics
