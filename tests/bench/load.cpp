#include "bench/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::string received;
  Clock::time_point sent;
};

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
  return socket;
}

void send(Connection& connection, const std::string& request) {
  connection.sent = Clock::now();
  if (::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("cannot send");
  }
}

/// The status of the answer at the buffer's front, which it takes; 0 while it is not whole.
int take_answer(std::string& received) {
  const auto end = received.find("\r\n\r\n");
  if (end == received.npos) return 0;
  const auto at = received.find("Content-Length: ");
  const std::size_t size = end + 4 + (at < end ? std::stoul(received.substr(at + 16, 12)) : 0);
  if (received.size() < size) return 0;
  const int status = std::stoi(received.substr(9, 3));
  received.erase(0, size);
  return status;
}

double at_quantile(std::vector<double>& sorted, double quantile) {
  return sorted[static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

Result run_load(int port, int connections, std::size_t requests, int expected_status,
                const std::function<std::string(std::size_t)>& request_of) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Connection> all(static_cast<std::size_t>(connections));
  for (auto& connection : all) {
    connection.socket = connect_to(port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &connection;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, connection.socket, &event);
  }

  Result result;
  std::vector<double> times;
  times.reserve(requests);
  std::size_t sent = 0;
  const auto start = Clock::now();
  for (auto& connection : all) {
    if (sent < requests) send(connection, request_of(sent++));
  }
  std::array<epoll_event, 64> events{};
  std::array<char, 64 * 1024> buffer{};
  while (times.size() < requests) {
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 20'000);
    if (count <= 0) throw std::runtime_error("no answer for 20 s");
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      const auto size = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
      if (size <= 0) throw std::runtime_error("the server closed a connection");
      connection.received.append(buffer.data(), static_cast<std::size_t>(size));
      if (const int status = take_answer(connection.received); status != 0) {
        times.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - connection.sent).count());
        if (status != expected_status) ++result.unexpected;
        if (sent < requests) send(connection, request_of(sent++));
      }
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  for (auto& connection : all) ::close(connection.socket);
  ::close(epoll);

  std::sort(times.begin(), times.end());
  result.per_second = static_cast<double>(requests) / seconds;
  result.p50_ms = at_quantile(times, 0.5);
  result.p99_ms = at_quantile(times, 0.99);
  return result;
}

}  // namespace hss::bench
