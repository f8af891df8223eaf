#pragma once

#include <string>
#include <vector>

namespace hss::platform {

/// The private IPv4 and IPv6 addresses (RFC 1918, RFC 6598, RFC 4193) at which other machines of
/// the local network reach this one, each once. The address from which this machine reaches others
/// comes first, and IPv4 before IPv6. Link-local addresses are left out, as no browser opens them.
/// Empty if there is no network.
std::vector<std::string> local_network_addresses();

/// The name that this machine gives itself, in lower case and without a domain; empty if it is not
/// a host name.
std::string host_name();

}  // namespace hss::platform
