#pragma once

#include "api/request.h"
#include "domain/store.h"

namespace hss::api {

/// Which part of a list the query asks for: `limit` (clamped to 1–200), `offset`, `cursor`. Throws
/// Error{validation_error} that names a parameter that is no whole number from 0 to 999,999,999.
domain::Page parse_page(const Request& request, int default_limit = 50);

}  // namespace hss::api
