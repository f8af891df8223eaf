#pragma once

#include "api/route.h"

namespace hss::api {

Change send_notification(const Request& request, const Services& services);

}  // namespace hss::api
