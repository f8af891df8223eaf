#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::crypto {

/// base64 with padding (RFC 4648, section 4).
std::string to_base64(std::string_view bytes);
/// Empty for anything but a result of to_base64().
std::optional<std::string> from_base64(std::string_view text);

}  // namespace hss::crypto
