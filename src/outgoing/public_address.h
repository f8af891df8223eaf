#pragma once

#include <string>

namespace hss::outgoing {

/// True if the address, as text, is one of the public Internet. Private networks, loopback,
/// link-local, carriers' shared ones, multicast and whatever else IANA's special-purpose registries
/// hold are not, nor is what is no address. One of IPv4 inside one of IPv6 (mapped, or behind the
/// well-known NAT64 prefix) is judged by itself; other ways to tunnel it are not public.
bool is_public_address(const std::string& address);

}  // namespace hss::outgoing
