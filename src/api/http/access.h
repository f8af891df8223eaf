#pragma once

#include "api/route.h"
#include "domain/accounts/principal.h"

namespace hss::api {

/// Throws Error{conflict} if the mode has no such route, Error{unauthorized} if the caller must
/// sign in first, and Error{forbidden} if the principal may not use it.
void require_access(const Access& access, const domain::Principal& principal);

}  // namespace hss::api
