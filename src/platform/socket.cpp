#include "platform/socket.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "platform/ip_address.h"
#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::error_code error_of_look_up(int failure) {
#ifdef EAI_SYSTEM
  if (failure == EAI_SYSTEM) return last_error();
#endif
  return failure == 0 ? std::error_code() : make_error_code(std::errc::address_not_available);
}

Opened listen_at(const addrinfo& address, int send_buffer) {
  constexpr int max_queue_length = 1024;
  const SocketHandle socket =
      open_socket(address.ai_family, address.ai_socktype, address.ai_protocol);
  if (socket == no_socket) return {.error = last_error()};
  // The IPv6 wildcard address accepts IPv4, too, whatever the system's default is.
  if (address.ai_family == AF_INET6) set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  claim_port(socket);
  set_send_buffer(socket, send_buffer);
  if (::bind(socket, address.ai_addr, static_cast<socklen_t>(address.ai_addrlen)) == 0 &&
      ::listen(socket, max_queue_length) == 0) {
    return {.socket = socket, .error = {}};
  }
  const std::error_code error = last_error();
  close(socket);
  return {.error = error};
}

}  // namespace

Opened listen_at(const std::string& host, int port, int send_buffer) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  const Addresses addresses(found, ::freeaddrinfo);
  Opened opened{.error = error_of_look_up(failure)};
  for (const addrinfo* address = found; address != nullptr && opened.socket == no_socket;
       address = address->ai_next) {
    opened = listen_at(*address, send_buffer);
  }
  return opened;
}

std::string text_of(const sockaddr& address) {
  const auto text_of_bytes = [](auto ip, const void* bytes) {
    std::copy_n(static_cast<const std::uint8_t*>(bytes), ip.size(), ip.begin());
    return text_of(ip);
  };
  if (address.sa_family == AF_INET) {
    return text_of_bytes(IpV4{}, &reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  }
  if (address.sa_family == AF_INET6) {
    return text_of_bytes(IpV6{}, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  }
  return {};
}

void set_no_delay(SocketHandle socket) {
  set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
}

void set_send_buffer(SocketHandle socket, int bytes) {
  set_option(socket, SOL_SOCKET, SO_SNDBUF, bytes);
}

std::string peer_address(SocketHandle socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return text_of(reinterpret_cast<const sockaddr&>(address));
}

int local_port(SocketHandle socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::vector<std::string> look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  std::vector<std::string> texts;
  if (::getaddrinfo(host.c_str(), nullptr, &hints, &first) != 0) return texts;
  const Addresses addresses(first, ::freeaddrinfo);
  for (const addrinfo* found = first; found != nullptr; found = found->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(found->ai_addr, static_cast<socklen_t>(found->ai_addrlen), text.data(),
                      text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
      continue;
    }
    std::string address = text.data();
    if (std::find(texts.begin(), texts.end(), address) == texts.end()) {
      texts.push_back(std::move(address));
    }
  }
  return texts;
}

}  // namespace hss::platform
