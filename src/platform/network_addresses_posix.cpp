#include <ifaddrs.h>
#include <net/if.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "platform/interface_addresses.h"
#include "platform/network_addresses.h"
#include "platform/private_addresses.h"
#include "platform/system_sockets.h"

namespace hss::platform {

std::vector<std::string> interface_addresses() {
  ifaddrs* found = nullptr;
  if (::getifaddrs(&found) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> interfaces(found, ::freeifaddrs);
  std::vector<std::string> addresses;
  for (const ifaddrs* one = interfaces.get(); one != nullptr; one = one->ifa_next) {
    const bool is_up = (one->ifa_flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING);
    if (one->ifa_addr == nullptr || !is_up) continue;
    const int family = one->ifa_addr->sa_family;
    if (family == AF_INET || family == AF_INET6) addresses.push_back(text_of(*one->ifa_addr));
  }
  return addresses;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return first_label(name.data());
}

}  // namespace hss::platform
