#pragma once

#include "api/route.h"

namespace hss::api {

Response open_event_stream(const Request& request, const Services& services);
Response create_ticket(const Request& request, const Services& services);

}  // namespace hss::api
