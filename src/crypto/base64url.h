#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::crypto {

/// base64url without padding (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);
/// Empty for anything but a result of to_base64url(): the same bytes have one text.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace hss::crypto
