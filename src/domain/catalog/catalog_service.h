#pragma once

#include "domain/accounts/principal.h"
#include "domain/catalog/catalog.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::domain {

/// Saves the catalogue with its audit event `catalog_changed`, which says what each part that
/// changed was and is; does nothing if nothing changed. Throws Error{validation_error} if a type
/// that was saved before is left out: it can be offered no longer, but bookings have such items.
void save_catalog(Tx& tx, const Catalog& catalog, const Caller& caller, Instant now);

}  // namespace hss::domain
