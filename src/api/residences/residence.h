#pragma once

#include "api/route.h"

namespace hss::api {

/// What everybody may know of them.
Query list_residences(const Request& request, const Services& services);

/// All of it, for administrators.
Query get_residences(const Request& request, const Services& services);
Command put_residences(const Request& request, const Services& services);

}  // namespace hss::api
