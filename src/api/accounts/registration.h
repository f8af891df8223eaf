#pragma once

#include "api/route.h"

namespace hss::api {

/// Customers create their accounts themselves.
Command add_customer(const Request& request, const Services& services);

}  // namespace hss::api
