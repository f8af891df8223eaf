#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.h"

namespace hss::transport {

/// Finds where a request's head and body end (RFC 9112, sections 6 and 7.1) as its bytes arrive, so
/// that no worker waits for a slow sender, and takes both out of them. `received` is all that has
/// arrived of the request, and maybe of those behind it; from call to call it only grows. The
/// result does not depend on how the bytes were split.
class RequestFraming {
 public:
  enum class State {
    partial,
    expects_continue,  ///< partial, and the client waits for a 100 before it sends the body
    complete,          ///< it is all there, or is known to be broken or too large
  };

  /// Some requests may have a larger body: `larger` gets the line that one begins with.
  using MaxBody = std::function<std::optional<std::size_t>(std::string_view request_line)>;

  /// `larger`, where it is not null, outlives it.
  explicit RequestFraming(std::size_t max_body, const MaxBody* larger = nullptr)
      : max_body_(max_body), larger_(larger), chunks_(max_body) {}

  /// Looks at each byte about once.
  State advance(std::string_view received);

  /// The head without its empty line, and what follows it unread. Throws Error{validation_error}
  /// for what does not begin as a request, as TLS does not, and for a head that is too large.
  std::string_view head(std::string_view received) const;

  /// The body of a request whose head could be read. Throws Error{validation_error} for a length
  /// that is no number or there twice, for a length beside a transfer coding, for any transfer
  /// coding but exactly `chunked`, for broken chunks, and for a request that is not complete.
  /// Throws Error{payload_too_large} for a body of more than `max_body` bytes, and for chunks that
  /// take much more room than they carry.
  std::string body(std::string_view received) const;

  /// Bytes of the whole request, once body() has returned one.
  std::size_t size() const { return body_at_ + (is_chunked_ ? chunks_.size() : length_); }

 private:
  /// A body in chunks.
  class Chunks {
   public:
    explicit Chunks(std::size_t max_body) : max_body_(max_body) {}

    /// `received` begins with the body. Appends what whole chunks carry to `data`, where that is
    /// not null. Returns an error as soon as one is certain, and must not be called again then.
    std::optional<domain::Error> advance(std::string_view received, std::string* data);
    bool is_complete() const { return is_complete_; }
    /// Bytes that advance() is done with.
    std::size_t size() const { return at_; }

   private:
    std::optional<domain::Error> read_line(std::string_view line);

    std::size_t max_body_;
    std::size_t at_ = 0;        ///< where the next line or the awaited chunk begins
    std::size_t searched_ = 0;  ///< no line ends before
    std::size_t chunk_ = 0;     ///< the size of the awaited chunk; 0: a line is awaited
    std::size_t carried_ = 0;   ///< the sum of the chunks' sizes
    int trailers_ = 0;
    bool is_in_trailers_ = false;
    bool is_complete_ = false;
  };

  void find_head(std::string_view received);
  void read_head(std::string_view head);
  void allow_larger_body(std::string_view request_line);

  std::size_t max_body_;
  const MaxBody* larger_;
  std::size_t searched_ = 0;  ///< bytes in which the head does not end
  std::size_t body_at_ = 0;   ///< 0 until the head is there
  std::size_t length_ = 0;    ///< of a body that is not chunked
  Chunks chunks_;
  bool is_chunked_ = false;
  bool expects_continue_ = false;
  std::optional<domain::Error> error_;
};

}  // namespace hss::transport
