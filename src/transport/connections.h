#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include "transport/connection.h"

namespace hss::transport {

struct ConnectionLimits {
  std::size_t workers = 64;  ///< threads, and so requests that can wait for the disk at once
  /// Of them work at the same time; more would only compete for the processors.
  std::size_t turns = std::max(4u, 2 * std::thread::hardware_concurrency());
  std::size_t most = 10'000;                       ///< connections at once; more are closed at once
  std::chrono::milliseconds request_time{30'000};  ///< for a request to arrive
  std::chrono::milliseconds idle_time{75'000};     ///< between two requests
};

/// All connections, and the workers that serve them. A connection that waits, for its next request
/// or for the rest of one, stands in one epoll set, costs memory and no thread; a worker that is
/// free takes the next one on which something has arrived. Thread-safe.
class Connections {
 public:
  /// Serves what `input` says of the connection (`whole` or `head_too_large`); false: close it.
  /// Before it waits for something other than a processor it calls `give_way`.
  using GiveWay = std::function<void()>;
  using Serve = std::function<bool(Connection&, Connection::Input, const GiveWay& give_way)>;

  /// Throws std::system_error.
  Connections(Serve serve, const ConnectionLimits& limits);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  void add(std::shared_ptr<Connection> connection);

  /// Closes those that wait, lets those being served finish, and ends the workers.
  void stop();

 private:
  using Waiting = std::multimap<std::chrono::steady_clock::time_point, std::shared_ptr<Connection>>;

  using Expiry = std::optional<std::chrono::steady_clock::time_point>;

  void work();
  void sweep();
  void take_turn();
  void give_turn();
  Expiry serve(Connection& connection, const GiveWay& give_way);
  std::shared_ptr<Connection> take(socket_t socket);
  void give_back(std::shared_ptr<Connection> connection, Expiry expiry);
  /// With the lock held.
  void park(std::shared_ptr<Connection> connection, std::chrono::steady_clock::time_point expiry);

  const Serve serve_;
  const ConnectionLimits limits_;
  const int epoll_;
  const int stop_signal_;  ///< an eventfd that every worker sees
  std::mutex mutex_;
  bool stopped_ = false;
  Waiting waiting_;  ///< by the time at which they are closed
  std::unordered_map<socket_t, Waiting::iterator> by_socket_;
  std::set<std::shared_ptr<Connection>> served_;
  std::condition_variable earlier_expiry_;
  std::mutex turns_mutex_;
  std::condition_variable turn_is_free_;
  std::size_t free_turns_;
  std::vector<std::thread> threads_;
};

}  // namespace hss::transport
