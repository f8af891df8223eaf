#pragma once

#include <chrono>
#include <string_view>

#include "domain/clock.h"

namespace hss::events {

/// Parses the header Retry-After into the pause from `now` that a receiver asks for: seconds, or a
/// date in any of HTTP's three forms (RFC 9110, 5.6.7). Zero for an empty value, a time in the
/// past, or one that cannot be parsed.
std::chrono::seconds parse_retry_after(std::string_view header, domain::Instant now);

}  // namespace hss::events
