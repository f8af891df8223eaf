#pragma once

#include <string>
#include <vector>

namespace hss::platform {

/// The IPv4 and IPv6 addresses of the network interfaces that are up, as the system lists them;
/// for network_addresses alone.
std::vector<std::string> interface_addresses();

}  // namespace hss::platform
