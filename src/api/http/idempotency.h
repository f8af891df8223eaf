#pragma once

#include <string>

#include "api/route.h"
#include "api/services.h"
#include "domain/deferred.h"

namespace hss::api {

/// The request's Idempotency-Key; nullptr if it has none or its method needs none. Throws
/// Error{validation_error} for a value that is no key.
const std::string* find_idempotency_key(const Request& request);

/// Runs the command as one unit of work if the caller's session has not ended. The request outlives
/// it.
domain::Deferred<Response> transact(Command command, const Request& request,
                                    const Services& services);

/// Does the same for a request with a key: the first such request runs the command and stores its
/// response; later ones get that response, also a rejection by the rules (404, 409). Throws
/// Error{conflict} if another request used the key, Error{rate_limited} if the caller has used too
/// many.
domain::Deferred<Response> transact_once(Command command, const Request& request,
                                         const std::string& key, const Services& services);

}  // namespace hss::api
