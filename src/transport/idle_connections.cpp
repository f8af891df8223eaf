#include "transport/idle_connections.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

namespace hss::transport {
namespace {

using std::chrono::steady_clock;

int checked(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return descriptor;
}

}  // namespace

IdleConnections::IdleConnections(Resume resume, std::chrono::milliseconds time)
    : resume_(std::move(resume)),
      time_(time),
      epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wake_up_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = wake_up_;
  checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_up_, &event), "epoll_ctl");
  thread_ = std::thread([this] { loop(); });
}

IdleConnections::~IdleConnections() {
  stop();
  ::close(wake_up_);
  ::close(epoll_);
}

void IdleConnections::park(std::shared_ptr<Connection> connection) {
  connection->shrink();
  const socket_t socket = connection->socket();
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  entries_.push_back({.connection = std::move(connection), .expiry = steady_clock::now() + time_});
  by_socket_[socket] = std::prev(entries_.end());
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
  event.data.fd = socket;
  if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) != 0 &&
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) {
    entries_.pop_back();
    by_socket_.erase(socket);
  }
}

void IdleConnections::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_up_, &one, sizeof one);
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  by_socket_.clear();
  entries_.clear();
}

void IdleConnections::loop() {
  std::array<epoll_event, 64> events{};
  for (;;) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                   milliseconds_to_next_expiry());
    for (int i = 0; i < count; ++i) {
      const socket_t socket = events[static_cast<std::size_t>(i)].data.fd;
      if (auto connection = take(socket)) resume_(std::move(connection));
    }
    close_expired();
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
  }
}

void IdleConnections::close_expired() {
  std::vector<std::shared_ptr<Connection>> expired;  // closed after the lock
  const std::lock_guard lock(mutex_);
  const auto now = steady_clock::now();
  while (!entries_.empty() && entries_.front().expiry <= now) {
    by_socket_.erase(entries_.front().connection->socket());
    expired.push_back(std::move(entries_.front().connection));
    entries_.pop_front();
  }
}

int IdleConnections::milliseconds_to_next_expiry() {
  const std::lock_guard lock(mutex_);
  // A connection parked meanwhile expires later than this, as all wait equally long.
  const auto next = entries_.empty() ? time_
                                     : std::chrono::ceil<std::chrono::milliseconds>(
                                           entries_.front().expiry - steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(0, next.count()));
}

std::shared_ptr<Connection> IdleConnections::take(socket_t socket) {
  const std::lock_guard lock(mutex_);
  const auto found = by_socket_.find(socket);
  if (found == by_socket_.end()) return nullptr;
  auto connection = std::move(found->second->connection);
  entries_.erase(found->second);
  by_socket_.erase(found);
  return connection;
}

}  // namespace hss::transport
