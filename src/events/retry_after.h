#pragma once

#include <chrono>
#include <string_view>

#include "domain/clock.h"

namespace hss::events {

/// How long from `now` a receiver asks to be left alone by the header Retry-After: seconds, or a
/// date in any of HTTP's three forms (RFC 9110, 5.6.7). Zero where it asks for nothing, or for what
/// is past or cannot be read.
std::chrono::seconds parse_retry_after(std::string_view header, domain::Instant now);

}  // namespace hss::events
