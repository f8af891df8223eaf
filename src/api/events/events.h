#pragma once

#include "api/route.h"

namespace hss::api {

/// The state of event delivery: the targets, and the dead-lettered deliveries.
Query get_events(const Request& request, const Services& services);
Command send_events_again(const Request& request, const Services& services);

}  // namespace hss::api
