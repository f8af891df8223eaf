#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

#ifdef __linux__
constexpr int send_flags = MSG_NOSIGNAL;

SocketHandle prepared(SocketHandle socket) {
  return socket;
}
#else
constexpr int send_flags = 0;
constexpr int SOCK_CLOEXEC = 0, SOCK_NONBLOCK = 0;

/// Gives a new socket what Linux gives it as it is made.
SocketHandle prepared(SocketHandle socket) {
  if (socket == no_socket) return socket;
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
  set_option(socket, SOL_SOCKET, SO_NOSIGPIPE, 1);
  return socket;
}

int accept4(int listening, sockaddr* address, socklen_t* size, int) {
  return ::accept(listening, address, size);
}
#endif

template <class Move>
Transfer result_of(const Move& move) {
  ssize_t size = -1;
  do {
    size = move();
  } while (size < 0 && errno == EINTR);
  using State = Transfer::State;
  if (size > 0) return {.state = State::moved, .size = static_cast<std::size_t>(size)};
  const bool is_deferred = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  return {.state = is_deferred ? State::not_ready : State::ended};
}

}  // namespace

std::error_code last_error() {
  return {errno, std::generic_category()};
}

SocketHandle open_socket(int family, int type, int protocol) {
  return prepared(::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
}

void claim_port(SocketHandle socket) {
  // SO_REUSEPORT would let two servers share one port unnoticed.
  set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
}

Opened accept(SocketHandle listening) {
  const SocketHandle socket =
      prepared(accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (socket == no_socket) return {.error = last_error()};
  return {.socket = socket, .error = {}};
}

bool is_of_one_connection(const std::error_code& error) {
  // accept(2) names them.
  constexpr std::array passing{
#ifdef ENONET
      ENONET,
#endif
      EINTR,       EAGAIN,    ECONNABORTED, EPROTO,     EPERM,       ENETDOWN,
      ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH, ETIMEDOUT};
  return std::find(passing.begin(), passing.end(), error.value()) != passing.end();
}

Transfer receive(SocketHandle socket, char* into, std::size_t size) {
  return result_of([&] { return ::recv(socket, into, size, 0); });
}

Transfer send(SocketHandle socket, const char* from, std::size_t size) {
  return result_of([&] { return ::send(socket, from, size, send_flags); });
}

bool wait_for(SocketHandle socket, Interest interest, std::chrono::milliseconds timeout) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + timeout;
  pollfd entry{.fd = socket, .events = poll_events(interest), .revents = 0};
  for (auto left = timeout; left.count() > 0;
       left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now())) {
    const int ready = ::poll(&entry, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
  return false;
}

void shut_down(SocketHandle socket, Direction direction) {
  const int one = direction == Direction::receive ? SHUT_RD : SHUT_WR;
  ::shutdown(socket, direction == Direction::both ? SHUT_RDWR : one);
}

void close(SocketHandle socket) {
  ::close(socket);
}

SocketHandle duplicate(SocketHandle socket) {
  return ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
}

void set_acknowledgement_timeout(SocketHandle socket, std::chrono::milliseconds timeout) {
#ifdef __linux__
  set_option(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(timeout.count()));
#else
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout);
  set_option(socket, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, static_cast<int>(seconds.count()));
#endif
}

}  // namespace hss::platform
