#pragma once

#include "api/route.h"

namespace hss::api {

/// 200 where the database can be read and written; 503, with the reason, where it cannot.
Response get_health(const Request& request, const Services& services);

}  // namespace hss::api
