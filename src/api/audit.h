#pragma once

#include "api/route.h"

namespace hss::api {

Look list_audit(const Request& request, const Services& services);
Response verify_audit(const Request& request, const Services& services);

}  // namespace hss::api
