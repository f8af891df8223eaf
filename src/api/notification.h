#pragma once

#include "api/route.h"

namespace hss::api {

Look get_messages(const Request& request, const Services& services);
Change send_notification(const Request& request, const Services& services);

}  // namespace hss::api
