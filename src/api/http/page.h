#pragma once

#include "api/http/request.h"
#include "domain/store.h"

namespace hss::api {

/// The number of rows that the query asks for: `limit`, clamped to 1–200. Throws as parse_page()
/// does.
int parse_limit(const Request& request, int otherwise = 50);

/// The part of a list that the query asks for: `limit`, `offset`, `cursor`. Throws
/// Error{validation_error} that names a parameter that is no whole number from 0 to 999,999,999.
domain::Page parse_page(const Request& request, int default_limit = 50);

}  // namespace hss::api
