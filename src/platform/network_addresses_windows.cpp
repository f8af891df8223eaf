// clang-format off
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
// clang-format on

#include <array>
#include <cstddef>
#include <vector>

#include "platform/interface_addresses.h"
#include "platform/network_addresses.h"
#include "platform/private_addresses.h"
#include "platform/system_sockets.h"

namespace hss::platform {

std::vector<std::string> interface_addresses() {
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
      addresses.push_back(text_of(*address->Address.lpSockaddr));
    }
  }
  return addresses;
}

std::string host_name() {
  std::array<char, 256> name{};
  DWORD size = static_cast<DWORD>(name.size());
  if (::GetComputerNameExA(ComputerNameDnsHostname, name.data(), &size) == 0) return {};
  return first_label(name.data());
}

}  // namespace hss::platform
