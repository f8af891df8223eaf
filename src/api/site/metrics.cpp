#include "api/site/metrics.h"

#include "domain/error.h"

namespace hss::api {

Response get_metrics(const Request& request, const Services& services) {
  if (!services.describe) {
    throw domain::Error(domain::ErrorCode::not_found, "Nothing is measured here");
  }
  request.before_wait();
  metrics::Text text;
  services.describe(text);
  Response response;
  response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.set("Cache-Control", "no-store");
  response.body = text.text();
  return response;
}

const std::vector<Route>& metrics_routes() {
  static const AccessPolicy anyone{AccessPolicy::Audience::open, {}};
  static const std::vector<Route> table{{"GET", "/metrics", {anyone, anyone}, get_metrics}};
  return table;
}

}  // namespace hss::api
