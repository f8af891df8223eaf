#pragma once

#include <string>

namespace hss::transport {

/// A socket that listens for connections, closed at its end.
class ListeningSocket {
 public:
  /// `port` 0: any free one. Throws Error{unavailable} where the address cannot be bound, with a
  /// sentence that says what to do.
  ListeningSocket(const std::string& host, int port);
  ~ListeningSocket();
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;

  int number() const { return number_; }
  int port() const { return port_; }

  /// Accepts no connection from now on, and wakes a blocked accept(). Called from any thread.
  void stop() const;

 private:
  int number_ = -1;
  int port_ = 0;
};

}  // namespace hss::transport
