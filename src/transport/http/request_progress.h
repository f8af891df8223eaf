#pragma once

#include <cstddef>
#include <string_view>

namespace hss::transport {

/// Tells, as a request's bytes arrive, when it is whole, so that no worker waits for a slow sender.
/// Looks at the framing alone and judges nothing: what is broken counts as whole, and whoever reads
/// it refuses it. Only of what no request begins with, as TLS does, nobody waits for the rest.
class RequestProgress {
 public:
  /// `expects`: nothing of the body is there, as its sender waits for a word (100) first.
  enum class State { partial, expects, whole, no_request, head_too_large, framing_encoded };

  static constexpr std::size_t max_head = 32 * 1024;
  /// A line of a body in chunks, without its end.
  static constexpr std::size_t max_chunk_line = 4096;
  /// All of such a body: chunks of a few bytes take more room than what they carry.
  static constexpr std::size_t max_in_chunks(std::size_t max_body) {
    return 2 * max_body + max_head;
  }

  explicit RequestProgress(std::size_t max_body) : max_body_(max_body) {}

  /// `received` is all that has come of this request so far (and maybe of those behind it); it only
  /// grows from call to call. Each byte is looked at about once.
  State advance(std::string_view received);

 private:
  void read_head(std::string_view head);
  bool skip_chunks(std::string_view received);

  std::size_t max_body_;
  std::size_t seen_ = 0;     ///< where to look on
  std::size_t body_at_ = 0;  ///< 0 until the head is whole
  std::size_t needed_ = 0;   ///< bytes of the whole request, where its length is said
  std::size_t chunks_ = 0;   ///< the sum of the chunks' sizes so far
  bool chunked_ = false;
  bool expects_ = false;
  bool encoded_ = false;  ///< a framing header holds a percent sign, which others decode
  bool in_trailers_ = false;
  bool whole_ = false;
};

}  // namespace hss::transport
