#pragma once

#include "api/route.h"

namespace hss::api {

/// The shared screens that are open, for those who may end one that was lost.
Query list_kiosks(const Request& request, const Services& services);
Command end_kiosk(const Request& request, const Services& services);

}  // namespace hss::api
