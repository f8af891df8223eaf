#pragma once

#include "api/route.h"

namespace hss::api {

/// How far the events have come: who hears of them, and what was set aside.
Look get_events(const Request& request, const Services& services);
Change send_events_again(const Request& request, const Services& services);

}  // namespace hss::api
