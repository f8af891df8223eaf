#include "bench/load.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include "bench/interruption.h"
#include "bench/socket.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  Descriptor socket;
  std::string received;
  Clock::time_point sent;
  int expected_status = 0;
};

void send(Connection& connection, const Request& request) {
  connection.expected_status = request.expected_status;
  connection.sent = Clock::now();
  send_all(connection.socket.number(), request.bytes);
}

/// The length of the answer at the buffer's front; 0 while it is incomplete.
std::size_t size_of_answer(const std::string& received) {
  const auto end = received.find("\r\n\r\n");
  if (end == received.npos) return 0;
  const std::string length = header_of(received, "Content-Length");
  const std::size_t size = end + 4 + (length.empty() ? 0 : std::stoul(length));
  return received.size() < size ? 0 : size;
}

int status_of(const std::string& answer) {
  return std::stoi(answer.substr(9, 3));
}

}  // namespace

double at_quantile(const std::vector<double>& sorted, double quantile) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1))];
}

Load run_load(const std::vector<int>& ports, std::size_t connections,
              std::chrono::milliseconds time, const Next& next) {
  constexpr int max_wait_ms = 20'000;
  const Descriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
  std::vector<Connection> all;
  all.reserve(connections);
  while (all.size() < connections) {
    Connection& connection =
        all.emplace_back(Connection{.socket = connect_to(ports[all.size() % ports.size()])});
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &connection;
    ::epoll_ctl(epoll.number(), EPOLL_CTL_ADD, connection.socket.number(), &event);
  }

  Load load;
  std::vector<double> times;
  std::size_t sent = 0;
  const auto start = Clock::now();
  const auto end = start + time;
  for (Connection& connection : all) send(connection, next(sent++));
  std::array<epoll_event, 64> events{};
  for (auto now = start; times.size() < sent;) {
    const int count =
        ::epoll_wait(epoll.number(), events.data(), static_cast<int>(events.size()), max_wait_ms);
    require_no_interruption();
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw std::runtime_error("the server under test gave no answer for 20 s");
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      receive(connection.socket.number(), connection.received);
      const std::size_t size = size_of_answer(connection.received);
      if (size == 0) continue;
      now = Clock::now();
      times.push_back(std::chrono::duration<double, std::milli>(now - connection.sent).count());
      if (status_of(connection.received) != connection.expected_status) ++load.unexpected;
      connection.received.erase(0, size);
      if (now < end) send(connection, next(sent++));
    }
  }
  load.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  load.answers = times.size();
  std::sort(times.begin(), times.end());
  load.p50_ms = at_quantile(times, 0.5);
  load.p99_ms = at_quantile(times, 0.99);
  load.p999_ms = at_quantile(times, 0.999);
  return load;
}

std::string get(const std::string& target, const std::string& headers) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

std::string post(const std::string& target, const std::string& body, const std::string& headers) {
  return "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" +
         headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string afresh(const std::string& target) {
  static std::atomic<std::size_t> times = 0;
  const char* const separator = target.find('?') == target.npos ? "?_=" : "&_=";
  return target + separator + std::to_string(++times);
}

std::string ask(int port, const std::string& request) {
  const Descriptor socket = connect_to(port);
  send_all(socket.number(), request);
  std::string received;
  while (size_of_answer(received) == 0) receive(socket.number(), received);
  return received;
}

std::string header_of(const std::string& answer, const std::string& name) {
  const auto end = answer.find("\r\n\r\n");
  const std::string line = "\r\n" + name + ": ";
  const auto at = answer.find(line);
  if (at == answer.npos || at >= end) return "";
  const auto value = at + line.size();
  return answer.substr(value, answer.find("\r\n", value) - value);
}

std::string body_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

}  // namespace hss::bench
