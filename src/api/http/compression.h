#pragma once

#include <cstddef>
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Bodies of fewer bytes fit a packet anyway.
inline constexpr std::size_t least_compressed = 1025;

/// Makes `packed` the body, which it is in gzip.
void set_encoded(Response& response, std::string packed);

/// Packs a JSON body of more than a kilobyte where the client takes that. One that is for its
/// receiver's eyes alone (`Cache-Control: no-store`) stays as it is: its length would tell of a
/// secret that stands beside what somebody else chose.
void compress(const Request& request, Response& response);

}  // namespace hss::api
