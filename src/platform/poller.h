#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "platform/socket.h"

namespace hss::platform {

/// Waits for many sockets at once. Thread-safe: any number of threads may wait, and each event goes
/// to one of them.
class Poller {
 public:
  /// Throws std::system_error.
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  enum class Report {
    once,    ///< the next time; then no more until watch() is called again
    always,  ///< as long as the socket is ready; for one thread that waits
  };
  /// Watches a socket from now on, and replaces what was asked for it before. It is ready at once
  /// where it has what it is watched for. Returns false where the system has no room for it.
  bool watch(SocketHandle socket, Interest interest, Report report);
  /// Called before a socket is closed that is reported always. One that is reported once may be
  /// closed without it; then a new socket with the same number may be reported though it has
  /// nothing to read.
  void forget(SocketHandle socket);

  struct Wake {
    std::size_t count = 0;  ///< of sockets that are ready; 0: wake(), the time is over, or nothing
    bool is_stopped = false;
  };
  /// Waits until a socket is ready, and stores those that are in `ready`, as many as fit.
  Wake wait(std::span<SocketHandle> ready,
            std::optional<std::chrono::milliseconds> timeout = std::nullopt);

  /// Ends the wait of one thread, or the next wait where none waits.
  void wake();
  /// Ends all waits, and all that are still to come.
  void stop();

 private:
  struct System;
  const std::unique_ptr<System> system_;
};

}  // namespace hss::platform
