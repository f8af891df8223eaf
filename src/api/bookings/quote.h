#pragma once

#include "api/route.h"

namespace hss::api {

Query quote_price(const Request& request, const Services& services);

}  // namespace hss::api
