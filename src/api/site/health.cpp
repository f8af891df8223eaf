#include "api/site/health.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "api/http/errors.h"
#include "api/http/json.h"

namespace hss::api {
namespace {

/// The reason why the data cannot be used; none if it can.
std::optional<domain::Error> find_trouble(domain::Store& store) {
  try {
    store.check();
    return std::nullopt;
  } catch (const domain::Error& error) {
    return error;
  } catch (const std::exception&) {
    return domain::Error(domain::ErrorCode::unavailable, "The database failed");
  }
}

}  // namespace

Response get_health(const Request& request, const Services& services) {
  request.before_wait();
  const auto trouble = find_trouble(services.store);
  Json body{{"status", trouble ? "unavailable" : "ok"},
            {"service", "hss-backend"},
            {"version", services.version},
            {"timestamp", domain::to_rfc3339(services.now())}};
  if (trouble) {
    body["error"] = {{"code", to_text(domain::ErrorCode::unavailable)},
                     {"message", trouble->what()}};
  }
  Response response = json_response(trouble ? 503 : 200, std::move(body), request);
  response.set("Cache-Control", "no-store");
  if (trouble) response.set("Retry-After", "1");
  return response;
}

}  // namespace hss::api
