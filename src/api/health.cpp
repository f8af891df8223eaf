#include "api/health.h"

#include <nlohmann/json.hpp>

#include "api/json.h"

namespace hss::api {
namespace {

bool is_available(domain::Store& store) {
  try {
    store.check();
    return true;
  } catch (const std::exception&) {
    return false;  // the store has logged the cause
  }
}

}  // namespace

Response get_health(const Request& request, const Services& services) {
  request.before_wait();
  const bool available = is_available(services.store);
  Response response = answer(available ? 200 : 503,
                             {{"status", available ? "ok" : "unavailable"},
                              {"service", "hss-backend"},
                              {"version", services.version},
                              {"timestamp", domain::to_rfc3339(services.now())}},
                             request);
  response.set("Cache-Control", "no-store");
  if (!available) response.set("Retry-After", "1");
  return response;
}

}  // namespace hss::api
