#pragma once

#include "api/route.h"

namespace hss::api {

/// Lists the open kiosks for accounts that may end a lost one.
Query list_kiosks(const Request& request, const Services& services);
Command end_kiosk(const Request& request, const Services& services);

}  // namespace hss::api
