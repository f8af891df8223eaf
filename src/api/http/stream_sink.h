#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace hss::api {

/// The client end of a streaming response, for the sender. Thread-safe; nothing here blocks. Once
/// either side closes it, it stays closed.
class StreamSink {
 public:
  virtual ~StreamSink() = default;

  /// Sends the text after everything written before. Returns false if the sink is closed, or closes
  /// now because the client leaves too much unread.
  virtual bool write(std::string_view text) = 0;
  /// Bytes that are written and not sent yet.
  virtual std::size_t waiting() const = 0;
  virtual bool is_open() const = 0;
  /// Sends nothing more, not even bytes that wait.
  virtual void close() = 0;

  /// Calls `changed` whenever no bytes wait any more, and once when the client has gone. Calls it
  /// on the sender's thread, so `changed` must return at once. Called once, before the first
  /// write().
  virtual void watch(std::function<void()> changed) = 0;
};

/// Receives the client once the response's head is on its way; must return at once.
using OnStream = std::function<void(std::shared_ptr<StreamSink>)>;

}  // namespace hss::api
