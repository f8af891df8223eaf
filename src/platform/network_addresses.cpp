#include "platform/network_addresses.h"

#include "platform/interface_addresses.h"
#include "platform/private_addresses.h"
#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

/// The address from which a packet to the Internet would leave; none is sent.
std::string outgoing_address() {
  const SocketHandle socket = open_socket(AF_INET, SOCK_DGRAM, 0);
  if (socket == no_socket) return {};
  sockaddr_in other{};
  other.sin_family = AF_INET;
  other.sin_port = htons(9);
  ::inet_pton(AF_INET, "192.0.2.1", &other.sin_addr);
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  const bool is_known =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0 &&
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) == 0;
  close(socket);
  return is_known ? text_of(reinterpret_cast<const sockaddr&>(own)) : std::string{};
}

}  // namespace

std::vector<std::string> local_network_addresses() {
  return order_private_addresses(interface_addresses(), outgoing_address());
}

}  // namespace hss::platform
