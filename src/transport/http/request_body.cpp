#include "transport/http/request_body.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "domain/validation/text.h"
#include "transport/http/request_head.h"
#include "transport/http/request_progress.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;

Error bad_framing(const char* why) {
  return {ErrorCode::validation_error, why};
}

Error unfinished() {
  return bad_framing("The body ended before it was whole");
}

std::optional<std::size_t> parse_number(std::string_view text, int base) {
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Error too_large(std::size_t max_size) {
  return {ErrorCode::payload_too_large,
          "The body is larger than " + std::to_string(max_size) + " bytes"};
}

/// A body in chunks. Reads no further than RequestProgress has looked before it called the body
/// whole, so that nobody waits here for what will be refused.
class Chunks {
 public:
  Chunks(Connection& connection, std::size_t max_size)
      : connection_(connection),
        left_(RequestProgress::max_in_chunks(max_size)),
        max_size_(max_size) {}

  std::string read() {
    constexpr int max_trailers = 32;
    std::string body;
    while (const std::size_t size = read_size()) {
      if (size > max_size_ - body.size()) throw too_large(max_size_);
      take_from_left(size + 2);
      if (!connection_.read_exactly(body, size)) throw unfinished();
      if (!connection_.read_line(line_, 0)) throw bad_framing("A chunk is longer than its size");
    }
    for (int trailers = 0; read_line(); ++trailers) {
      if (line_.empty()) return body;
      if (trailers == max_trailers) throw bad_framing("The body has too many trailers");
    }
    throw unfinished();
  }

 private:
  std::size_t read_size() {
    if (!read_line()) throw bad_framing("A chunk has no valid size");
    std::string_view text = std::string_view(line_).substr(0, line_.find(';'));
    text = text.substr(0, text.find_last_not_of(" \t") + 1);
    const auto size = parse_number(text, 16);
    if (!size) throw bad_framing("A chunk has no valid size");
    return *size;
  }

  bool read_line() {
    constexpr std::size_t max_length = RequestProgress::max_chunk_line;
    if (left_ < max_length + 2) throw too_large(max_size_);
    if (!connection_.read_line(line_, max_length)) return false;
    if (has_control_characters(line_)) throw bad_framing("A chunk has control characters");
    take_from_left(line_.size() + 2);
    return true;
  }

  void take_from_left(std::size_t size) {
    if (size > left_) throw too_large(max_size_);
    left_ -= size;
  }

  Connection& connection_;
  std::size_t left_;  ///< bytes that may still be read
  const std::size_t max_size_;
  std::string line_;
};

}  // namespace

Framing framing_of(const api::Request& request) {
  Framing framing;
  bool has_length = false;
  for (const auto& [name, value] : request.headers) {
    const std::string header = domain::to_lower(name);
    if (header == "content-length") {
      const auto length = parse_number(value, 10);
      if (!length || has_length) {
        throw bad_framing("Content-Length must be one whole number");
      }
      framing.length = *length;
      has_length = true;
    } else if (header == "transfer-encoding") {
      if (framing.chunked || domain::to_lower(value) != "chunked") {
        throw bad_framing("Transfer-Encoding must be chunked or absent");
      }
      framing.chunked = true;
    }
  }
  if (framing.chunked && has_length) {
    throw bad_framing("Content-Length and Transfer-Encoding exclude each other");
  }
  return framing;
}

std::string read_body(Connection& connection, const Framing& framing, std::size_t max_size) {
  if (framing.chunked) return Chunks(connection, max_size).read();
  if (framing.length > max_size) throw too_large(max_size);
  std::string body;
  if (!connection.read_exactly(body, framing.length)) throw unfinished();
  return body;
}

}  // namespace hss::transport
