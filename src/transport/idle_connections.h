#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "transport/connection.h"

namespace hss::transport {

/// Connections on which nobody asks anything just now. One epoll thread watches all of them, so an
/// idle one costs memory and no thread. Thread-safe.
class IdleConnections {
 public:
  using Resume = std::function<void(std::shared_ptr<Connection>)>;

  /// `resume` is called on the epoll thread for a connection that has something to read, and must
  /// not block. A connection that idles longer than `time` is closed. Throws std::system_error.
  IdleConnections(Resume resume, std::chrono::milliseconds time);
  ~IdleConnections();
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;

  /// Takes the connection until it is resumed or closed. Closes it after stop().
  void park(std::shared_ptr<Connection> connection);

  /// Closes all of them and lets no more in. No resume is running or comes after it.
  void stop();

 private:
  struct Entry {
    std::shared_ptr<Connection> connection;
    std::chrono::steady_clock::time_point expiry;
  };

  void loop();
  void close_expired();
  int milliseconds_to_next_expiry();
  std::shared_ptr<Connection> take(socket_t socket);

  const Resume resume_;
  const std::chrono::milliseconds time_;
  const int epoll_;
  const int wake_up_;  ///< an eventfd
  std::mutex mutex_;
  bool stopped_ = false;
  std::list<Entry> entries_;  ///< in the order of expiry
  std::unordered_map<socket_t, std::list<Entry>::iterator> by_socket_;
  std::thread thread_;
};

}  // namespace hss::transport
