#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::crypto {

/// base64url without padding (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);
/// Empty for anything but what to_base64url() gives: one text for the same bytes.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace hss::crypto
