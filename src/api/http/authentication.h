#pragma once

#include "api/route.h"
#include "api/services.h"
#include "domain/accounts/principal.h"

namespace hss::api {

/// Returns the principal that sends the request: by its token, by its role in demo mode, or by its
/// ticket if the route accepts one. Throws Error{unauthorized} for a ticket that is not valid.
domain::Principal authenticate(const Route& route, const Request& request,
                               const Services& services);

}  // namespace hss::api
