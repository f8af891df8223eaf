#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/histogram.h"

namespace hss::metrics {

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

/// Figures in Prometheus' text format, version 0.0.4: a family, then its samples, as they are
/// added.
class Text {
 public:
  enum class Kind { counter, gauge, histogram };
  /// What a histogram's values are, and so in which unit they are told.
  enum class Values { plain, microseconds_told_as_seconds };

  /// What the samples that follow are; `name` by Prometheus' rules, with its unit.
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
