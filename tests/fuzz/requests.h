#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "api/http/request.h"
#include "fuzz/fuzzed_servers.h"

namespace hss::fuzz {

/// Parses an input into at most eight requests, separated by lines of `%%`. The first line of each
/// names the user, the method and the target; then come headers, an empty line, and the body:
///
///   7 POST /api/v1/kiosk/unlock
///   X-Request-Id: one
///
///   {"account_id":"{account}","pin":"135790"}
std::vector<std::pair<Who, api::Request>> requests_of(std::string_view input);

}  // namespace hss::fuzz
