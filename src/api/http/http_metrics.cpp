#include "api/http/http_metrics.h"

#include <algorithm>
#include <string>

namespace hss::api {
namespace {

using metrics::Text;

/// Clients can invent methods and paths without end; all unknown ones share this label.
constexpr std::string_view other = "other";

}  // namespace

HttpMetrics::HttpMetrics(const std::vector<Route>& routes) {
  for (const Route& route : routes) stats_.try_emplace({route.method, route.pattern});
  for (const std::string_view method : {std::string_view("GET"), other}) {
    stats_.try_emplace({method, other});
  }
}

void HttpMetrics::note(std::string_view method, std::string_view pattern, int status,
                       std::chrono::microseconds time) {
  if (method == "HEAD") method = "GET";
  auto found = stats_.find({method, pattern});
  if (found == stats_.end()) found = stats_.find({method == "GET" ? method : other, other});
  RouteStats& stats = found->second;
  const auto place = std::min<std::size_t>(
      static_cast<std::size_t>(std::find(statuses.begin(), statuses.end(), status) -
                               statuses.begin()),
      statuses.size() - 1);
  stats.by_status[place].fetch_add(1, std::memory_order_relaxed);
  stats.times.note(static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0)));
}

void HttpMetrics::describe(Text& text) const {
  text.family("hss_http_requests_total", Text::Kind::counter, "Requests that were answered.");
  for (const auto& [key, stats] : stats_) {
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      const std::uint64_t count = stats.by_status[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      const std::string status =
          statuses[i] == 0 ? std::string(other) : std::to_string(statuses[i]);
      text.sample({{"method", key.first}, {"route", key.second}, {"status", status}},
                  static_cast<double>(count));
    }
  }
  text.family("hss_http_request_duration_seconds", Text::Kind::histogram,
              "Time from a request's head to its answer.");
  for (const auto& [key, stats] : stats_) {
    const bool is_used =
        std::any_of(stats.by_status.begin(), stats.by_status.end(),
                    [](const auto& count) { return count.load(std::memory_order_relaxed) > 0; });
    if (!is_used) continue;
    text.sample({{"method", key.first}, {"route", key.second}}, stats.times,
                Text::Values::microseconds_told_as_seconds);
  }
}

}  // namespace hss::api
