#pragma once

#include <vector>

#include "domain/accounts/principal.h"
#include "domain/clock.h"
#include "domain/reference.h"
#include "domain/residences/residence.h"
#include "domain/store.h"

namespace hss::domain {

/// Saves these residences in place of those that were there, with their audit event
/// `residences_changed`, which says what those that changed were and are; does nothing if nothing
/// changed. One without an id is that of the same name, or new. Returns them as they are now.
/// Throws Error{validation_error} for an id that no residence has.
std::vector<Residence> save_residences(Tx& tx, std::vector<Residence> residences,
                                       const RandomBytes& random, const Caller& caller,
                                       Instant now);

}  // namespace hss::domain
