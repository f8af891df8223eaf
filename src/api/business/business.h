#pragma once

#include "api/route.h"

namespace hss::api {

Query get_business(const Request& request, const Services& services);
/// With an If-Match, changes only what the caller has seen.
Command change_business(const Request& request, const Services& services);

}  // namespace hss::api
