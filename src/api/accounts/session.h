#pragma once

#include "api/route.h"

namespace hss::api {

/// Returns the state that a page renders: the mode, the account that is signed in, and the kiosk.
Response get_session(const Request& request, const Services& services);
Command log_out(const Request& request, const Services& services);

}  // namespace hss::api
