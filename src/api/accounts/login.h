#pragma once

#include "api/route.h"

namespace hss::api {

/// As every route that gives a token or a link, it does not remember its answer under an
/// Idempotency-Key: secrets are not stored.
Command log_in(const Request& request, const Services& services);

}  // namespace hss::api
