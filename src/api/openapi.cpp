#include "api/openapi.h"

namespace hss::api {

Response get_openapi(const Request&, const Services&) {
  Response response{.status = 200, .headers = {}, .body = {}, .static_body = openapi_json};
  response.set("Content-Type", "application/json");
  return response;
}

}  // namespace hss::api
