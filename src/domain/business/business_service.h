#pragma once

#include "domain/accounts/principal.h"
#include "domain/business/business.h"
#include "domain/business/business_form.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::domain {

/// True if the business is already as the change would have it: whoever lost the answer sends it
/// again.
bool is_changed_already(const Business& business, const BusinessChange& change);

/// Changes the business inside the unit of work, with its audit event `business_changed`, and
/// returns it. What stays the same is no change: neither an event nor a version of the terms. The
/// event has what each changed member was and is; of long texts only how long they were and are.
Business change_business(Tx& tx, const BusinessChange& change, const Caller& caller, Instant now);

}  // namespace hss::domain
