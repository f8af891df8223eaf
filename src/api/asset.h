#pragma once

#include "api/request.h"
#include "api/response.h"

namespace hss::api {

/// The UI's files to GET and HEAD: the best encoding that the client takes, 304 to a validator that
/// holds. A path without a dot is a page of the UI, all of which are `/index.html`. Throws
/// Error{not_found}.
Response get_asset(const Request& request);

}  // namespace hss::api
