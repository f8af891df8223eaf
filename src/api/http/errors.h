#pragma once

#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"
#include "domain/error.h"

namespace hss::api {

/// Maps every code to its status; the only table that does.
int status_of(domain::ErrorCode code);
std::string_view to_text(domain::ErrorCode code);

/// Renders the error in the contract's shape.
Response error_response(const domain::Error& error, const Request& request);

}  // namespace hss::api
