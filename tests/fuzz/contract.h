#pragma once

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::fuzz {

/// Throws if the router's answer to the request breaks what API.md and openapi.json promise: an
/// undocumented status (any 5xx, in short), an error in another shape, a body that is no JSON, a
/// header with control characters.
void require_contract(const api::Request& request, const api::Response& response);

}  // namespace hss::fuzz
