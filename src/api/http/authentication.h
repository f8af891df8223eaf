#pragma once

#include "api/route.h"
#include "api/services.h"
#include "domain/accounts/principal.h"

namespace hss::api {

/// Who sends the request: by its token, its role in demo mode, or its ticket where the route takes
/// one. Throws Error{unauthorized} for a ticket that is not valid.
domain::Principal authenticate(const Route& route, const Request& request,
                               const Services& services);

}  // namespace hss::api
