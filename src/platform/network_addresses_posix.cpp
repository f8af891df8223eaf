#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <optional>

#include "platform/network_addresses.h"
#include "platform/private_addresses.h"

namespace hss::platform {
namespace {

std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes =
      address.sa_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  ::inet_ntop(address.sa_family, bytes, text.data(), text.size());
  return text.data();
}

/// The address from which a packet to the Internet would leave; none is sent.
std::string outgoing_address() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  if (socket < 0) return {};
  sockaddr_in other{};
  other.sin_family = AF_INET;
  other.sin_port = htons(9);
  ::inet_pton(AF_INET, "192.0.2.1", &other.sin_addr);
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  const bool is_known =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0 &&
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) == 0;
  ::close(socket);
  return is_known ? address_text(reinterpret_cast<const sockaddr&>(own)) : std::string{};
}

}  // namespace

std::vector<std::string> local_network_addresses() {
  ifaddrs* found = nullptr;
  if (::getifaddrs(&found) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> interfaces(found, ::freeifaddrs);
  std::vector<std::string> addresses;
  for (const ifaddrs* one = interfaces.get(); one != nullptr; one = one->ifa_next) {
    const bool is_up = (one->ifa_flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING);
    if (one->ifa_addr == nullptr || !is_up) continue;
    const int family = one->ifa_addr->sa_family;
    if (family == AF_INET || family == AF_INET6) addresses.push_back(address_text(*one->ifa_addr));
  }
  return order_private_addresses(std::move(addresses), outgoing_address());
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return first_label(name.data());
}

}  // namespace hss::platform
