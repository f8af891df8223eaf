#include "bench/socket.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace hss::bench {

Descriptor::Descriptor(int number) : number_(number) {
  if (number < 0) throw std::runtime_error("no more files can be opened here (see ulimit -n)");
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor connect_to(int port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("the server under test takes no connection");
  }
  return socket;
}

void send_all(int socket, const std::string& request) {
  // At most some hundred bytes, one at a time: they always fit.
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("the server under test closed a connection");
  }
}

void receive(int socket, std::string& into) {
  std::array<char, 64 * 1024> buffer;
  const auto size = ::recv(socket, buffer.data(), buffer.size(), 0);
  if (size <= 0) throw std::runtime_error("the server under test closed a connection");
  into.append(buffer.data(), static_cast<std::size_t>(size));
}

}  // namespace hss::bench
