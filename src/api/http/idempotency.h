#pragma once

#include <string>

#include "api/route.h"
#include "api/services.h"
#include "domain/deferred.h"

namespace hss::api {

/// The request's Idempotency-Key; nullptr where it has none or its method needs none. Throws
/// Error{validation_error} for one that is no key.
const std::string* find_idempotency_key(const Request& request);

/// Runs the command as one unit of work, if the caller's session still lasts. The request outlives
/// it.
domain::Deferred<Response> transact(Command command, const Request& request,
                                    const Services& services);

/// The same for a request with a key: the first such request runs the command and stores its answer
/// with it; later ones get that answer. So they do where the rules refused it (404, 409). Throws
/// Error{conflict} where the key was used for another request, Error{rate_limited} where the caller
/// used too many.
domain::Deferred<Response> transact_once(Command command, const Request& request,
                                         const std::string& key, const Services& services);

}  // namespace hss::api
