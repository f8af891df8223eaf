#pragma once

#include "api/route.h"

namespace hss::api {

/// How far the events have come: who hears of them, and what was set aside.
Query get_events(const Request& request, const Services& services);
Command send_events_again(const Request& request, const Services& services);

}  // namespace hss::api
