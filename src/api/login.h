#pragma once

#include "api/route.h"

namespace hss::api {

/// The one POST whose answer is not remembered under an Idempotency-Key: a token is not stored.
Response log_in(const Request& request, const Services& services);

}  // namespace hss::api
