#pragma once

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::fuzz {

/// Throws where the router's answer to the request is none that API.md and openapi.json promise: a
/// status that is not documented there (any 5xx, in short), an error in another shape, a body that
/// is no JSON, a header with control characters.
void require_contract(const api::Request& request, const api::Response& response);

}  // namespace hss::fuzz
