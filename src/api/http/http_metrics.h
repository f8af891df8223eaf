#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "api/route.h"
#include "metrics/histogram.h"
#include "metrics/text.h"

namespace hss::api {

/// Counts responses and their times by route and status. Thread-safe; note() takes no lock.
class HttpMetrics {
 public:
  /// `routes` outlives it.
  explicit HttpMetrics(const std::vector<Route>& routes);

  /// `pattern` is the route's, or empty if no route matched.
  void note(std::string_view method, std::string_view pattern, int status,
            std::chrono::microseconds time);

  void describe(metrics::Text& text) const;

 private:
  /// One for each status that HSS sends; the last one counts all others.
  static constexpr std::array<int, 19> statuses{200, 201, 202, 204, 304, 400, 401, 403, 404, 405,
                                                409, 412, 413, 415, 421, 429, 500, 503, 0};
  struct RouteStats {
    std::array<std::atomic<std::uint64_t>, statuses.size()> by_status{};
    metrics::Histogram times{metrics::microseconds};
  };
  using Key = std::pair<std::string_view, std::string_view>;  ///< method and pattern

  std::map<Key, RouteStats> stats_;  ///< filled in the constructor
};

}  // namespace hss::api
