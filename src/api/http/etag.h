#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"
#include "domain/clock.h"

namespace hss::api {

/// The weak ETag of the response to this request by this caller. It is valid while the data is at
/// `revision` and the period lasts, as some responses contain the present week or day, or what can
/// be booked at the present minute. Nobody can guess it: `revision` begins at random.
std::string etag_of(const Request& request, std::uint64_t revision, std::string_view version,
                    std::string_view period);

/// The weak ETag of one thing that is the same for every caller, by what it says.
std::string etag_of_content(std::string_view content);

/// The response to a GET of such a thing: 304 if the client has it already.
Response tag(Response response, const Request& request, std::string_view etag);

/// Throws Error{precondition_failed} if If-Match names other tags than this one.
void require_match(const Request& request, std::string_view etag);

/// True if If-None-Match names the tag. Compares weakly (RFC 9110, 13.1.2), and accepts a tag that
/// a compressing proxy has changed: `W/"…-gzip"`.
bool names_etag(const Request& request, std::string_view etag);

/// True if If-None-Match is `*`, which any response matches.
bool names_any_etag(const Request& request);

}  // namespace hss::api
