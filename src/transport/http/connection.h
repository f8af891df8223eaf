#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "platform/socket.h"
#include "threads/permits.h"
#include "transport/http/channel.h"
#include "transport/http/request_framing.h"

namespace hss::transport {

/// A client's connection: its socket, and the bytes that have arrived and were not read yet. A
/// request is gathered without waiting, and served once it is complete. Writes may wait, until one
/// absolute deadline, so that a client that reads a byte a second does not block a worker for ever.
/// Owned by one thread at a time, but for stop_reading() and stop(). Closes the socket at its end.
class Connection {
 public:
  /// `max_body` and `larger` as RequestFraming has them.
  Connection(platform::SocketHandle socket, std::unique_ptr<Channel> channel, std::size_t max_body,
             const RequestFraming::MaxBody* larger = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& remote_address() const { return remote_address_; }
  /// auth::network_of() the remote address.
  const std::string& network() const { return network_; }
  /// Releases it when the connection ends.
  void keep(std::shared_ptr<void> place) { place_ = std::move(place); }

  /// Its worker calls it before it waits for this client, so that others are served meanwhile.
  void set_yield_cpu(std::function<void()> yield_cpu) { yield_cpu_ = std::move(yield_cpu); }
  void yield_cpu() const { yield_cpu_(); }
  /// Bounds how many workers wait at once for clients that do not read, so that some are left for
  /// everybody else: without a permit, write_all() fails where it would wait. Outlives the
  /// connection's use.
  void set_blocked_workers(threads::Permits& permits) { blocked_workers_ = &permits; }

  enum class Input { nothing, partial, complete, ended };
  /// Receives what has arrived and returns how much of a request is there (RequestFraming). Sends a
  /// 100 to a client that waits for it; if that client then ends, its request is complete, too, as
  /// it may still read an answer. Never waits.
  Input gather();
  /// The first byte of the request that is being gathered came then.
  std::chrono::steady_clock::time_point request_start() const { return request_start_; }
  /// The connection was accepted, or its last request was served, then. Bytes that make no request,
  /// as those of TLS may, do not change it.
  std::chrono::steady_clock::time_point idle_start() const { return idle_start_; }
  bool is_open() const { return channel_->is_open(); }
  /// True if the next step needs the socket to be writable, not readable: TLS writes as it reads.
  bool needs_output() const { return needs_output_; }
  /// Bytes in memory of requests that were not read.
  std::size_t buffered() const { return buffer_.size() - offset_; }
  /// True if bytes have arrived that the socket no longer reports.
  bool holds_input() const { return is_buffered() || channel_->holds_input(); }
  /// Frees the memory of a request that was read, and now waits for something else.
  void forget_read();
  /// Called when a request was served: the rest of the buffer belongs to the next.
  void finish_request();

  /// The head and the body of a request that is complete; both throw as RequestFraming. The head is
  /// valid until the connection's next use. Once the body is taken, the rest belongs to the next
  /// request.
  std::string_view head() const { return framing_.head(unread()); }
  std::string take_body();
  /// Sets the deadline of write_all().
  void set_deadline(std::chrono::milliseconds from_now);
  /// Returns false where the client has ended, or does not read before the deadline.
  bool write_all(std::string_view text);
  /// Announces that no more is sent. From now on, linger() discards what the client still sends, so
  /// that it can read an answer that came before it was done.
  void begin_linger();
  bool is_lingering() const { return linger_start_ != std::chrono::steady_clock::time_point{}; }
  std::chrono::steady_clock::time_point linger_start() const { return linger_start_; }
  /// Discards what has arrived; returns false where the client has ended or sends beyond all
  /// bounds. Never waits.
  bool linger() { return discard_arrived(64 * 1024 * 1024); }
  /// Sends as much as goes at once. Never waits.
  Channel::Result send_now(std::string_view text);
  /// Discards what has arrived; returns false where the client has ended, or has sent more than
  /// `max` bytes in all. Never waits.
  bool discard_arrived(std::size_t max);
  /// Ends reads from now on, while an answer may still be written. Called from any thread.
  void stop_reading();
  /// Ends reads and writes from now on. Called from any thread.
  void stop();

  platform::SocketHandle socket() const { return socket_; }

 private:
  enum class Took { some, nothing_now, end };
  Took take_arrived();
  bool send_continue();
  bool wait(platform::Interest interest) const;
  bool wait_for_client(platform::Interest interest) const;
  bool is_buffered() const { return offset_ < buffer_.size(); }
  std::string_view unread() const { return std::string_view(buffer_).substr(offset_); }

  const platform::SocketHandle socket_;
  std::unique_ptr<Channel> channel_;
  const std::size_t max_body_;
  const RequestFraming::MaxBody* const larger_;
  std::shared_ptr<void> place_;
  const std::string remote_address_, network_;
  std::chrono::steady_clock::time_point deadline_{};
  std::chrono::steady_clock::time_point request_start_{};
  std::chrono::steady_clock::time_point idle_start_ = std::chrono::steady_clock::now();
  std::function<void()> yield_cpu_ = [] {};
  threads::Permits* blocked_workers_ = nullptr;
  RequestFraming framing_;
  std::string buffer_;
  std::size_t offset_ = 0;  ///< of the first byte that was not read
  std::size_t discarded_ = 0;
  std::chrono::steady_clock::time_point linger_start_{};
  bool needs_output_ = false;
  bool continue_sent_ = false;
};

}  // namespace hss::transport
