#include "transport/http/connections.h"

#include <array>
#include <utility>

namespace hss::transport {
namespace {

using std::chrono::steady_clock;

/// A photo over a slow line takes longer than any other request: each 32 KiB that have arrived give
/// it a second more.
std::chrono::seconds time_of_large_body(std::size_t arrived) {
  constexpr std::size_t bytes_a_second = 32 * 1024;
  return std::chrono::seconds(arrived / bytes_a_second);
}

}  // namespace

Connections::Connections(Serve serve, const ConnectionLimits& limits)
    : serve_(std::move(serve)),
      limits_(limits),
      connection_quota_(limits.max_per_network, limits.is_proxy),
      // One fewer than workers, so that one can take over when another yields.
      cpu_permits_(std::min(limits.cpu_permits, std::max<std::size_t>(2, limits.workers) - 1)),
      blocked_workers_(std::max<std::size_t>(1, limits.workers / 2)),
      streams_(limits.streams) {
  try {
    for (std::size_t i = 0; i < limits_.workers; ++i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this] { sweep(); });
  } catch (const std::exception&) {
    // The system has no more threads; those that run must not outlive this.
    stop();
    throw;
  }
}

Connections::~Connections() {
  stop();
}

void Connections::add(std::shared_ptr<Connection> connection) {
  auto place = connection_quota_.take(connection->remote_address());
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  if (place == nullptr && close_idlest_of(connection->network())) {
    place = connection_quota_.take(connection->remote_address());
  }
  if (place == nullptr || count_all() >= limits_.max_connections) {
    ++rejected_;
    return;
  }
  connection->keep(std::move(place));
  const auto expiry = idle_expiry(*connection);
  park(std::move(connection), {.expiry = expiry});
}

/// Also closes one that is slow to send its request. Returns false where all of the network's are
/// being served.
bool Connections::close_idlest_of(const std::string& network) {
  const auto idlest = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
    return entry.second->network() == network;
  });
  if (idlest == waiting_.end()) return false;
  forget(idlest);
  return true;
}

std::size_t Connections::count() const {
  const std::lock_guard lock(mutex_);
  return count_all();
}

void Connections::stop() {
  constexpr auto grace = std::chrono::seconds(1);
  {
    std::unique_lock lock(mutex_);
    stopped_ = true;
    streams_.stop();
    for (const auto& connection : served_) connection->stop_reading();
    // An answer under way is written, unless its client does not read.
    none_served_.wait_for(lock, grace, [this] { return served_.empty(); });
    for (const auto& connection : served_) connection->stop();
  }
  poller_.stop();
  earlier_expiry_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  // A change that did not reach the disk within the grace has no answer. It ends without the lock,
  // as its unit of work may still be in add_done().
  std::list<Pending> unanswered;
  {
    std::unique_lock lock(pending_mutex_);
    none_pending_.wait(lock, [this] { return pending_.empty(); });
    unanswered.swap(done_);
  }
  unanswered.clear();
  Waiting waiting;
  {
    const std::lock_guard lock(mutex_);
    by_socket_.clear();
    waiting_.swap(waiting);
  }
}

void Connections::work() {
  threads::Permits::Permit cpu;
  const std::function<void()> yield_cpu = [&cpu] { cpu.reset(); };
  for (;;) {
    if (!cpu) cpu = cpu_permits_.take();
    std::shared_ptr<Connection> connection;
    try {
      if (auto done = take_done()) {
        connection = done->connection;
        connection->set_yield_cpu(yield_cpu);
        const auto wait = finish(connection, done->rest());
        give_back(std::move(connection), wait);
        continue;
      }
      std::array<platform::SocketHandle, 1> ready{};
      const auto wake = poller_.wait(ready);
      if (wake.is_stopped) return;
      if (wake.count == 0) continue;
      // It is null where it has expired meanwhile; a new one with the same number then has nothing
      // to read.
      connection = take(ready.front());
      if (connection) {
        connection->set_yield_cpu(yield_cpu);
        connection->set_blocked_workers(blocked_workers_);
        begin(connection);
      }
    } catch (const std::exception&) {
      // There is no memory left, not even for an answer: this connection closes, and no other.
      if (connection) give_back(std::move(connection), std::nullopt);
    }
  }
}

void Connections::begin(const std::shared_ptr<Connection>& connection) {
  std::optional<Wait> wait;
  if (connection->is_lingering()) {
    wait = linger(*connection);
  } else if (const auto input = connection->gather(); input != Connection::Input::complete) {
    wait = wait_for_request(*connection, input);
  } else {
    connection->set_deadline(limits_.request_time);
    ServeResult serving = serve_(*connection);
    if (serving.deferred && !has_room_for_pending()) {
      connection->yield_cpu();
      serving.served = serving.deferred->now();
    } else if (serving.deferred) {
      connection->forget_read();
      const auto start = std::move(serving.deferred->start);
      const auto pending = keep({connection, std::move(serving.deferred->rest)});
      try {
        return start([this, pending] { add_done(pending); });
      } catch (const std::exception&) {
        forget_pending(pending);
        throw;
      }
    }
    wait = finish(connection, serving.served);
  }
  give_back(connection, wait);
}

bool Connections::has_room_for_pending() {
  const std::lock_guard lock(pending_mutex_);
  return pending_.size() < limits_.max_pending;
}

std::list<Connections::Pending>::iterator Connections::keep(Pending pending) {
  const std::lock_guard lock(pending_mutex_);
  return pending_.insert(pending_.end(), std::move(pending));
}

/// Removes one whose change could not be started.
void Connections::forget_pending(std::list<Pending>::iterator pending) {
  std::list<Pending> forgotten;
  {
    const std::lock_guard lock(pending_mutex_);
    forgotten.splice(forgotten.end(), pending_, pending);
    if (pending_.empty()) none_pending_.notify_all();
  }
}

void Connections::add_done(std::list<Pending>::iterator pending) {
  // The lock lasts to the end: once none is pending, stop() returns and this may be destroyed.
  const std::lock_guard lock(pending_mutex_);
  done_.splice(done_.end(), pending_, pending);
  if (done_.size() == 1) poller_.wake();
  if (pending_.empty()) none_pending_.notify_all();
}

std::optional<Connections::Pending> Connections::take_done() {
  const std::lock_guard lock(pending_mutex_);
  if (done_.empty()) return std::nullopt;
  Pending pending = std::move(done_.front());
  done_.pop_front();
  return pending;
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
      forget(waiting_.begin());
    }
  }
}

std::optional<Connections::Wait> Connections::wait_for_request(const Connection& connection,
                                                               Connection::Input input) const {
  using Input = Connection::Input;
  if (input == Input::ended) return std::nullopt;
  if (input == Input::nothing) return Wait{.expiry = idle_expiry(connection)};
  if (input == Input::partial) {
    return Wait{.expiry = connection.request_start() + limits_.request_time +
                          time_of_large_body(connection.buffered())};
  }
  // One request at a time, so that a client that sends many at once delays no other.
  return Wait{.expiry = steady_clock::now() + limits_.request_time, .has_request = true};
}

std::optional<Connections::Wait> Connections::finish(const std::shared_ptr<Connection>& shared,
                                                     const Served& served) {
  Connection& connection = *shared;
  if (served.on_stream) {
    {
      // From here on, it counts as a stream only.
      const std::lock_guard lock(mutex_);
      end_serving(shared);
    }
    poller_.forget(connection.socket());
    streams_.add(shared, served.on_stream);
  }
  if (served.lingers) {
    connection.begin_linger();
    return linger(connection);
  }
  if (!served.is_kept) return std::nullopt;
  connection.finish_request();
  // Mostly the next request is not there yet, and the poller waits for it at less cost.
  if (!connection.holds_input()) return Wait{.expiry = idle_expiry(connection)};
  return wait_for_request(connection, connection.gather());
}

std::optional<Connections::Wait> Connections::linger(Connection& connection) const {
  if (!connection.linger()) return std::nullopt;
  return Wait{.expiry = connection.linger_start() + limits_.linger_time};
}

steady_clock::time_point Connections::idle_expiry(const Connection& connection) const {
  return connection.idle_start() +
         (connection.is_open() ? limits_.idle_time : limits_.request_time);
}

std::shared_ptr<Connection> Connections::take(platform::SocketHandle socket) {
  const std::lock_guard lock(mutex_);
  const auto found = by_socket_.find(socket);
  if (stopped_ || found == by_socket_.end()) return nullptr;
  auto connection = found->second->second;
  forget(found->second);
  served_.insert(connection);
  return connection;
}

void Connections::end_serving(const std::shared_ptr<Connection>& connection) {
  served_.erase(connection);
  if (served_.empty()) none_served_.notify_all();
}

void Connections::give_back(std::shared_ptr<Connection> connection, std::optional<Wait> wait) {
  const std::lock_guard lock(mutex_);
  end_serving(connection);
  if (wait && !stopped_) park(std::move(connection), *wait);
}

void Connections::park(std::shared_ptr<Connection> connection, const Wait& wait) {
  const platform::SocketHandle socket = connection->socket();
  const std::size_t bytes = connection->buffered();
  if (buffered_ + bytes > limits_.max_buffered) return;
  using platform::Interest;
  // Bytes in our buffer wake no worker; that the socket can be written does, behind those that wait
  // already.
  auto interest = wait.has_request ? Interest::input_and_output : Interest::input;
  if (connection->needs_output()) interest = Interest::output;
  if (!poller_.watch(socket, interest, platform::Poller::Report::once)) return;
  const auto entry = waiting_.emplace(wait.expiry, std::move(connection));
  by_socket_[socket] = entry;
  buffered_ += bytes;
  if (entry == waiting_.begin()) earlier_expiry_.notify_one();
}

void Connections::forget(Waiting::iterator entry) {
  buffered_ -= entry->second->buffered();
  by_socket_.erase(entry->second->socket());
  waiting_.erase(entry);
}

}  // namespace hss::transport
