#pragma once

#include <cstddef>
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Smaller bodies, in bytes, fit into one packet anyway.
inline constexpr std::size_t least_compressed = 1025;

/// Makes `packed`, which is gzip, the body.
void set_encoded(Response& response, std::string packed);

/// Compresses a JSON body of more than a kilobyte if the client accepts gzip. A `Cache-Control:
/// no-store` body is not compressed: its length would reveal a secret next to text that somebody
/// else chose.
void compress(const Request& request, Response& response);

}  // namespace hss::api
