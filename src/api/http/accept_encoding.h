#pragma once

#include <string_view>

#include "api/http/request.h"

namespace hss::api {

/// True if the client takes the coding (`gzip`): Accept-Encoding names it, or `*` without naming it
/// otherwise, and not with a weight of nought.
bool accepts_encoding(const Request& request, std::string_view coding);

}  // namespace hss::api
