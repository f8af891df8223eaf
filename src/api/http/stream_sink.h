#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace hss::api {

/// The client of an answer that goes on after its head, as the sender of the stream sees it.
/// Thread-safe; nothing here waits. Once closed, by either side, it stays so.
class StreamSink {
 public:
  virtual ~StreamSink() = default;

  /// Sends the text behind what was written before. False where the outlet is closed, or is now,
  /// because the client leaves too much unread.
  virtual bool write(std::string_view text) = 0;
  /// Bytes that were written and not sent yet.
  virtual std::size_t waiting() const = 0;
  virtual bool is_open() const = 0;
  /// Sends nothing more, what waits included.
  virtual void close() = 0;

  /// Calls `changed` whenever nothing waits any more, and once when the client has gone. On the
  /// sender's thread, so `changed` does next to nothing. Called once, before the first write().
  virtual void watch(std::function<void()> changed) = 0;
};

/// Receives the client once the answer's head is on its way; does next to nothing.
using OnStream = std::function<void(std::shared_ptr<StreamSink>)>;

}  // namespace hss::api
