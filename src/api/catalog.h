#pragma once

#include "api/route.h"

namespace hss::api {

Look get_catalog(const Request& request, const Services& services);
Look quote_price(const Request& request, const Services& services);

}  // namespace hss::api
