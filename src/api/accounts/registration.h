#pragma once

#include "api/route.h"

namespace hss::api {

/// A customer makes an account for themselves.
Command add_customer(const Request& request, const Services& services);

}  // namespace hss::api
