#pragma once

#include <string>

#include "platform/poller.h"

namespace hss::transport {

/// A socket that listens for connections, closed at its end.
class ListeningSocket {
 public:
  /// `port` 0: any free one. Throws Error{unavailable} where the address cannot be bound, with a
  /// sentence that says what to do, and std::system_error where the system has no files left.
  ListeningSocket(const std::string& host, int port);
  ~ListeningSocket();
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;

  platform::SocketHandle handle() const { return handle_; }
  int port() const { return port_; }

  /// Waits until a connection has arrived, or stop() is called.
  void wait();

  /// Accepts no connection from now on, and ends wait(). Called from any thread.
  void stop();

 private:
  platform::Poller poller_;
  platform::SocketHandle handle_ = platform::no_socket;
  int port_ = 0;
};

}  // namespace hss::transport
