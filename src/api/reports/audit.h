#pragma once

#include "api/route.h"

namespace hss::api {

Query list_audit(const Request& request, const Services& services);
Response verify_audit(const Request& request, const Services& services);

}  // namespace hss::api
