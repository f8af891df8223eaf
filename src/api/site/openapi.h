#pragma once

#include "api/route.h"

namespace hss::api {

/// openapi.json of this folder, embedded at build time.
extern const char openapi_json[];

Response get_openapi(const Request& request, const Services& services);

}  // namespace hss::api
