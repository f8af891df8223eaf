// clang-format off
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
// clang-format on

#include <array>
#include <cstddef>
#include <vector>

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
  const SOCKET socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  if (socket == INVALID_SOCKET) return {};
  sockaddr_in other{};
  other.sin_family = AF_INET;
  other.sin_port = htons(9);
  ::inet_pton(AF_INET, "192.0.2.1", &other.sin_addr);
  sockaddr_storage own{};
  int size = sizeof own;
  const bool is_known =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0 &&
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) == 0;
  ::closesocket(socket);
  return is_known ? address_text(reinterpret_cast<const sockaddr&>(own)) : std::string{};
}

}  // namespace

std::vector<std::string> local_network_addresses() {
  constexpr ULONG flags =
      GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
  ULONG size = 16 * 1024;
  std::vector<std::byte> memory;
  ULONG failure = ERROR_BUFFER_OVERFLOW;
  // The list may grow between two calls.
  for (int tries = 0; tries < 5 && failure == ERROR_BUFFER_OVERFLOW; ++tries) {
    memory.resize(size);
    failure = ::GetAdaptersAddresses(AF_UNSPEC, flags, nullptr,
                                     reinterpret_cast<IP_ADAPTER_ADDRESSES*>(memory.data()), &size);
  }
  if (failure != ERROR_SUCCESS) return {};
  std::vector<std::string> addresses;
  for (const auto* one = reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(memory.data());
       one != nullptr; one = one->Next) {
    if (one->OperStatus != IfOperStatusUp) continue;
    for (const auto* address = one->FirstUnicastAddress; address != nullptr;
         address = address->Next) {
      addresses.push_back(address_text(*address->Address.lpSockaddr));
    }
  }
  return order_private_addresses(std::move(addresses), outgoing_address());
}

std::string host_name() {
  std::array<char, 256> name{};
  DWORD size = static_cast<DWORD>(name.size());
  if (::GetComputerNameExA(ComputerNameDnsHostname, name.data(), &size) == 0) return {};
  return first_label(name.data());
}

}  // namespace hss::platform
