#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <unordered_map>

#include "api/http/stream_sink.h"
#include "transport/http/connection.h"

namespace hss::transport {

struct StreamLimits {
  /// Bytes that may wait for a client, and as many again in the system; one with more is dropped.
  std::size_t max_waiting = 256 * 1024;
  /// Bytes that may wait for all clients; beyond them, a client with unread bytes is dropped.
  std::size_t max_waiting_in_all = 64 * 1024 * 1024;
  /// A client that reads none of its waiting bytes for this long is dropped.
  std::chrono::milliseconds write_timeout{30'000};
};

/// The connections on which an answer goes on. One thread sends what is written, as far as each
/// client reads it, and notices clients that have gone. A stream costs memory and no thread, and
/// one that is not read delays no other. Thread-safe.
class Streams {
 public:
  /// Throws std::system_error.
  explicit Streams(const StreamLimits& limits);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  /// Takes ownership of a connection on which the head of an answer was written.
  void add(std::shared_ptr<Connection> connection, const api::OnStream& on_stream);

  std::size_t count() const { return count_; }

  /// Closes all, and those that are still to come.
  void stop();

 private:
  class Client;
  class Calls;
  using ClientRef = std::shared_ptr<Client>;

  void run();
  void serve(const ClientRef& client);
  void advance(const ClientRef& client);
  void watch(Client& client);
  void drop(const ClientRef& client);
  void drop_idle();

  const StreamLimits limits_;
  const std::shared_ptr<Calls> calls_;
  std::atomic<std::size_t> count_ = 0;
  std::unordered_map<platform::SocketHandle, ClientRef> clients_;  ///< the thread's own
  std::chrono::steady_clock::time_point next_look_;
  std::thread thread_;
};

}  // namespace hss::transport
