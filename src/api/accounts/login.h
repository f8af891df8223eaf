#pragma once

#include "api/route.h"

namespace hss::api {

/// Stores no response under an Idempotency-Key, as no route that returns a token or a link does:
/// secrets are not stored.
Command log_in(const Request& request, const Services& services);

}  // namespace hss::api
