#pragma once

#include <ctime>
#include <optional>
#include <string>

namespace hss::outgoing {

/// Parses a date in any of HTTP's three forms (RFC 9110, 5.6.7) into seconds since 1970; empty if
/// it is none.
std::optional<std::time_t> find_http_date(const std::string& text);

}  // namespace hss::outgoing
