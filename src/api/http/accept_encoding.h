#pragma once

#include <string_view>

#include "api/http/request.h"

namespace hss::api {

/// True if the client accepts the coding (`gzip`): Accept-Encoding names it, or else `*`, with a
/// weight above nought.
bool accepts_encoding(const Request& request, std::string_view coding);

}  // namespace hss::api
