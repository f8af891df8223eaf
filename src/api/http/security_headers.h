#pragma once

#include "api/http/origin.h"
#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Sets the headers of every response: the request's id, the rules for browsers, and the origins
/// whose pages may read it.
void set_security_headers(const Request& request, const AllowedOrigins& origins, bool is_demo,
                          Response& response);

}  // namespace hss::api
