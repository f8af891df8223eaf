#pragma once

#include "api/http/origin.h"
#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Sets what every answer carries: the request's id, what browsers may do with the answer, and
/// which pages of other origins may read it.
void set_security_headers(const Request& request, const AllowedOrigins& origins, bool is_demo,
                          Response& response);

}  // namespace hss::api
