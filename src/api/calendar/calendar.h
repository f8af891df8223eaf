#pragma once

#include "api/route.h"

namespace hss::api {

Query list_slots(const Request& request, const Services& services);
Query get_calendar(const Request& request, const Services& services);
Command put_calendar(const Request& request, const Services& services);

}  // namespace hss::api
