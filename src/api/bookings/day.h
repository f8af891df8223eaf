#pragma once

#include "api/route.h"

namespace hss::api {

Query get_day(const Request& request, const Services& services);

}  // namespace hss::api
