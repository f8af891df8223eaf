#pragma once

#include <string>

#include "api/http/origin.h"
#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Whom pages may talk to, and whose pages may talk to this server.
struct SecurityRules {
  const AllowedOrigins& origins;     ///< whose pages may read what this server answers
  const std::string& upload_origin;  ///< another server with photos; may be empty
  bool is_demo = false;
};

/// Sets the headers of every response: the request's id, the rules for browsers, and the origins
/// whose pages may read it.
void set_security_headers(const Request& request, const SecurityRules& rules, Response& response);

}  // namespace hss::api
