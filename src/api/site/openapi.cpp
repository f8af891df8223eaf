#include "api/site/openapi.h"

namespace hss::api {

namespace {

/// The document names the base path of its operations.
std::string openapi_under(const std::string& base_path) {
  constexpr std::string_view at_root = "\"url\": \"/\"";
  std::string document(openapi_json);
  document.replace(document.find(at_root), at_root.size(), "\"url\": \"" + base_path + "\"");
  return document;
}

}  // namespace

Response get_openapi(const Request&, const Services& services) {
  Response response{.status = 200, .headers = {}, .body = {}, .static_body = openapi_json};
  if (!services.base_path.empty()) {
    response.static_body = {};
    response.body = openapi_under(services.base_path);
  }
  response.set("Content-Type", "application/json");
  return response;
}

}  // namespace hss::api
