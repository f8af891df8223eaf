#pragma once

#include <cstddef>
#include <memory>

#include "platform/socket.h"

namespace hss::transport {

/// Carries a connection's bytes over its socket: as they are, or through TLS. Never waits. Owned
/// and used by its connection's thread; does not own the socket.
class Channel {
 public:
  enum class State {
    moved,         ///< `size` bytes, at least one
    needs_input,   ///< nothing until the socket can be read
    needs_output,  ///< nothing until the socket can be written
    ended,         ///< the client's end, or a failure
  };
  struct Result {
    State state = State::ended;
    std::size_t size = 0;
  };

  virtual ~Channel() = default;

  /// True if both sides are ready to move bytes; not yet so before TLS has shaken hands.
  virtual bool is_open() const = 0;
  /// True if bytes are ready here that the socket no longer reports.
  virtual bool holds_input() const = 0;
  virtual Result receive(char* into, std::size_t size) = 0;
  virtual Result send(const char* from, std::size_t size) = 0;
  /// Announces that no more is sent, as far as that goes without waiting.
  virtual void finish_sending() = 0;
};

/// Carries bytes as they are.
std::unique_ptr<Channel> open_plain_channel(platform::SocketHandle socket);

}  // namespace hss::transport
