#include "transport/http/listening_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "domain/error.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;
using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Addresses look_up(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  // What it left in errno while it looked is not the reason, unless it says so.
  if (failure != 0 && failure != EAI_SYSTEM) errno = EADDRNOTAVAIL;
  return {found, ::freeaddrinfo};
}

void set_options(int socket, int family) {
  const int yes = 1, no = 0;
  // The IPv6 wildcard address accepts IPv4, too, whatever the system's default is.
  if (family == AF_INET6) ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  // SO_REUSEPORT would let two servers share one port unnoticed.
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  // Connections inherit it: nearly any answer fits at once, so that hardly a worker waits for a
  // slow reader.
  const int room = 256 * 1024;
  ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

/// Returns -1 and sets errno where that is not possible.
int listen_at(const addrinfo& address) {
  constexpr int max_queue_length = 1024;
  const int socket =
      ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol);
  if (socket < 0) return -1;
  set_options(socket, address.ai_family);
  if (::bind(socket, address.ai_addr, address.ai_addrlen) == 0 &&
      ::listen(socket, max_queue_length) == 0) {
    return socket;
  }
  const int failure = errno;
  ::close(socket);
  errno = failure;
  return -1;
}

int port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

Error cannot_listen(const std::string& host, int port, int failure) {
  const std::string where = host + ":" + std::to_string(port);
  if (failure == EADDRINUSE) {
    return {ErrorCode::unavailable, "Port " + std::to_string(port) + " on " + host +
                                        " is taken; stop the program that has it, or choose "
                                        "another with --port (0 picks a free one)"};
  }
  if (failure == EACCES) {
    return {ErrorCode::unavailable, "Listening on " + where +
                                        " is not allowed; choose a port from 1024 up with "
                                        "--port"};
  }
  return {ErrorCode::unavailable, "Listening on " + where +
                                      " is not possible; choose an address of this machine with "
                                      "--host"};
}

}  // namespace

ListeningSocket::ListeningSocket(const std::string& host, int port) {
  const Addresses addresses = look_up(host, port);
  for (const addrinfo* address = addresses.get(); address != nullptr && number_ < 0;
       address = address->ai_next) {
    number_ = listen_at(*address);
  }
  if (number_ < 0) throw cannot_listen(host, port, errno);
  port_ = port_of(number_);
}

ListeningSocket::~ListeningSocket() {
  ::close(number_);
}

void ListeningSocket::stop() const {
  ::shutdown(number_, SHUT_RDWR);
}

}  // namespace hss::transport
