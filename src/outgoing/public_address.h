#pragma once

#include <string>

namespace hss::outgoing {

/// True if the text is a public Internet address. False for private networks, loopback, link-local,
/// carriers' shared addresses, multicast, everything else in IANA's special-purpose registries, and
/// text that is no address. An IPv4 address inside an IPv6 one (mapped, or with the well-known
/// NAT64 prefix) counts by itself; other tunnels are not public.
bool is_public_address(const std::string& address);

}  // namespace hss::outgoing
