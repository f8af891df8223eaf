#pragma once

#include "api/route.h"

namespace hss::api {

/// What customers can choose.
Query get_catalog(const Request& request, const Services& services);

/// All of it, for its owner.
Query get_owners_catalog(const Request& request, const Services& services);
Command put_catalog(const Request& request, const Services& services);

}  // namespace hss::api
