#include "api/http/security_headers.h"

#include <string>

#include "api/http/request_checks.h"

namespace hss::api {

void set_security_headers(const Request& request, const SecurityRules& rules, Response& response) {
  const AllowedOrigins& origins = rules.origins;
  response.set("X-Request-Id", request.request_id);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  if (request.is_secure) response.set("Strict-Transport-Security", "max-age=31536000");
  if (!is_api(request)) {
    // The demo's settings panel may name another server's API, so connections to other origins are
    // allowed.
    const std::string photos = rules.upload_origin.empty() ? "" : " " + rules.upload_origin;
    response.set("Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                 "blob:" +
                     photos +
                     "; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src "
                     "'self'" +
                     photos + (rules.is_demo ? " http: https:" : "") +
                     "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    response.set("X-Frame-Options", "DENY");
    return;
  }
  const std::string* origin = request.find_header("Origin");
  if (origins.allows_any()) {
    response.set("Access-Control-Allow-Origin", "*");
  } else {
    response.add_vary("Origin");
    if (origin == nullptr || !origins.allows(*origin)) return;
    response.set("Access-Control-Allow-Origin", *origin);
  }
  response.set("Access-Control-Expose-Headers", "X-Request-Id, ETag, Location, Retry-After");
  if (request.method == "OPTIONS") {
    response.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    response.set("Access-Control-Allow-Headers",
                 "Content-Type, Authorization, X-HSS-Role, X-Request-Id, Idempotency-Key, "
                 "If-None-Match, If-Match, Last-Event-ID, X-Amz-Checksum-Sha256");
    response.set("Access-Control-Max-Age", "600");
  }
}

}  // namespace hss::api
