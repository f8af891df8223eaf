#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::platform {

/// True for an address of a private network: RFC 1918, RFC 6598, RFC 4193. False for any
/// other text.
bool is_private_address(std::string_view address);

/// The private ones of these addresses, each once: `first` before the others, then IPv4 before
/// IPv6, otherwise as they came.
std::vector<std::string> order_private_addresses(std::vector<std::string> addresses,
                                                 const std::string& first);

/// What comes before the first dot of a machine's name, in lower case; empty if it is not a host
/// name (RFC 1123).
std::string first_label(std::string_view name);

}  // namespace hss::platform
