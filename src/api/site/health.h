#pragma once

#include "api/route.h"

namespace hss::api {

/// 200 if the database can be read and written; otherwise 503 with the reason.
Response get_health(const Request& request, const Services& services);

}  // namespace hss::api
