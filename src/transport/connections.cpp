#include "transport/connections.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace hss::transport {
namespace {

using std::chrono::steady_clock;

int checked(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return descriptor;
}

}  // namespace

Connections::Connections(Serve serve, const ConnectionLimits& limits)
    : serve_(std::move(serve)),
      limits_(limits),
      epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      stop_signal_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      free_turns_(limits.turns) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = stop_signal_;
  checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, stop_signal_, &event), "epoll_ctl");
  for (std::size_t i = 0; i < limits_.workers; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { sweep(); });
}

Connections::~Connections() {
  stop();
  ::close(stop_signal_);
  ::close(epoll_);
}

void Connections::add(std::shared_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (stopped_ || waiting_.size() + served_.size() >= limits_.most) return;
  park(std::move(connection), steady_clock::now() + limits_.idle_time);
}

void Connections::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const auto& connection : served_) connection->stop_reading();
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(stop_signal_, &one, sizeof one);
  earlier_expiry_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  by_socket_.clear();
  waiting_.clear();
}

void Connections::work() {
  bool has_turn = false;
  const GiveWay give_way = [&] {
    if (std::exchange(has_turn, false)) give_turn();
  };
  for (;;) {
    if (!std::exchange(has_turn, true)) take_turn();
    epoll_event event{};
    if (::epoll_wait(epoll_, &event, 1, -1) != 1) continue;
    if (event.data.fd == stop_signal_) return give_way();
    // None where it has expired meanwhile; a new one with the same number has then nothing to say.
    if (auto connection = take(event.data.fd)) {
      const Expiry expiry = serve(*connection, give_way);
      give_back(std::move(connection), expiry);
    }
  }
}

void Connections::take_turn() {
  std::unique_lock lock(turns_mutex_);
  turn_is_free_.wait(lock, [this] { return free_turns_ > 0; });
  --free_turns_;
}

void Connections::give_turn() {
  {
    const std::lock_guard lock(turns_mutex_);
    ++free_turns_;
  }
  turn_is_free_.notify_one();
}

void Connections::sweep() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (waiting_.empty()) {
      earlier_expiry_.wait(lock);
    } else {
      // A copy: the entry may go while this waits.
      const auto next = waiting_.begin()->first;
      earlier_expiry_.wait_until(lock, next);
    }
    while (!waiting_.empty() && waiting_.begin()->first <= steady_clock::now()) {
      by_socket_.erase(waiting_.begin()->second->socket());
      waiting_.erase(waiting_.begin());
    }
  }
}

Connections::Expiry Connections::serve(Connection& connection, const GiveWay& give_way) {
  using Input = Connection::Input;
  for (;;) {
    const Input input = connection.gather();
    if (input == Input::ended) return std::nullopt;
    if (input == Input::nothing) return steady_clock::now() + limits_.idle_time;
    if (input == Input::partial) return connection.request_start() + limits_.request_time;
    connection.set_deadline(limits_.request_time);
    if (!serve_(connection, input, give_way)) return std::nullopt;
    connection.finish_request();
  }
}

std::shared_ptr<Connection> Connections::take(socket_t socket) {
  const std::lock_guard lock(mutex_);
  const auto found = by_socket_.find(socket);
  if (found == by_socket_.end()) return nullptr;
  auto connection = std::move(found->second->second);
  waiting_.erase(found->second);
  by_socket_.erase(found);
  served_.insert(connection);
  return connection;
}

void Connections::give_back(std::shared_ptr<Connection> connection, Expiry expiry) {
  const std::lock_guard lock(mutex_);
  served_.erase(connection);
  if (expiry && !stopped_) park(std::move(connection), *expiry);
}

void Connections::park(std::shared_ptr<Connection> connection, steady_clock::time_point expiry) {
  const socket_t socket = connection->socket();
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
  event.data.fd = socket;
  if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) != 0 &&
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) {
    return;
  }
  const auto entry = waiting_.emplace(expiry, std::move(connection));
  by_socket_[socket] = entry;
  if (entry == waiting_.begin()) earlier_expiry_.notify_one();
}

}  // namespace hss::transport
