#pragma once

#include "api/route.h"
#include "domain/accounts/principal.h"

namespace hss::api {

/// Throws Error{conflict} where the mode has no such thing, Error{unauthorized} where somebody has
/// to sign in first, and Error{forbidden} where the principal may not do this.
void require_access(const Access& access, const domain::Principal& principal);

}  // namespace hss::api
