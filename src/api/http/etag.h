#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/request.h"
#include "domain/clock.h"

namespace hss::api {

/// The weak ETag of the answer to this request by this caller, as long as the data stands at
/// `revision` and the week lasts (some answers tell of the present one). Nobody who was not
/// given it can make one up: `revision` begins at random.
std::string etag_of(const Request& request, std::uint64_t revision, domain::Instant now);

/// True if If-None-Match names the tag, compared weakly (RFC 9110, 13.1.2), also where a proxy
/// that packs answers has changed it: `W/"…-gzip"`.
bool names_etag(const Request& request, std::string_view etag);

/// True if If-None-Match is met by anything that there is: `*`.
bool names_any_etag(const Request& request);

}  // namespace hss::api
