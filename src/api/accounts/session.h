#pragma once

#include "api/route.h"

namespace hss::api {

/// Tells a page what it is to show: the mode, and who is signed in where.
Response get_session(const Request& request, const Services& services);
Command log_out(const Request& request, const Services& services);

}  // namespace hss::api
