#include "transport/http/request_framing.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "domain/validation/text.h"
#include "transport/http/request_head.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::size_t max_head = 32 * 1024;
/// A line of a body in chunks, without its end.
constexpr std::size_t max_chunk_line = 4096;

/// All of a body in chunks: chunks of a few bytes take more room than what they carry.
constexpr std::size_t max_in_chunks(std::size_t max_body) {
  return 2 * max_body + max_head;
}

Error invalid(const std::string& why) {
  return {ErrorCode::validation_error, why};
}

Error unfinished() {
  return invalid("The body ended before it was whole");
}

Error too_large(std::size_t max_body) {
  return {ErrorCode::payload_too_large,
          "The body is larger than " + std::to_string(max_body) + " bytes"};
}

std::optional<std::size_t> parse_number(std::string_view text, int base) {
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A method is of visible ASCII; an empty line before it is not unheard of.
bool may_begin_request(char c) {
  return (c > 0x20 && c < 0x7f) || c == '\r' || c == '\n';
}

/// `lower_name` is in lower case.
bool is_named(std::string_view name, std::string_view lower_name) {
  return name.size() == lower_name.size() && domain::to_lower(name) == lower_name;
}

}  // namespace

RequestFraming::State RequestFraming::advance(std::string_view received) {
  if (body_at_ == 0 && !error_) find_head(received);
  if (error_) return State::complete;
  if (body_at_ == 0) return State::partial;
  if (is_chunked_) error_ = chunks_.advance(received.substr(body_at_), nullptr);
  const bool is_whole = is_chunked_ ? chunks_.is_complete() : received.size() >= size();
  if (error_ || is_whole) return State::complete;
  return expects_continue_ && received.size() == body_at_ ? State::expects_continue
                                                          : State::partial;
}

std::string_view RequestFraming::head(std::string_view received) const {
  if (body_at_ == 0) throw Error(*error_);
  return received.substr(0, body_at_ - head_end.size());
}

std::string RequestFraming::body(std::string_view received) const {
  if (error_) throw Error(*error_);
  received.remove_prefix(body_at_);
  if (!is_chunked_) {
    if (received.size() < length_) throw unfinished();
    return std::string(received.substr(0, length_));
  }
  std::string data;
  Chunks chunks(max_body_);
  chunks.advance(received, &data);
  if (!chunks.is_complete()) throw unfinished();
  return data;
}

void RequestFraming::find_head(std::string_view received) {
  if (!received.empty() && !may_begin_request(received.front())) {
    error_ = invalid("This is no HTTP request");
    return;
  }
  // All but the last of its bytes may have been there before.
  const auto end = received.find(head_end, searched_ - std::min(searched_, head_end.size() - 1));
  searched_ = received.size();
  if (std::min(end, searched_) > max_head + (end == received.npos ? head_end.size() - 1 : 0)) {
    error_ = invalid("The request's head is larger than " + std::to_string(max_head) + " bytes");
  } else if (end != received.npos) {
    body_at_ = end + head_end.size();
    read_head(received.substr(0, end));
  }
}

void RequestFraming::read_head(std::string_view head) {
  const auto reject = [this](const char* why) {
    if (!error_) error_ = invalid(why);
  };
  bool has_length = false;
  // A client of HTTP/1.0 would take a 100 for the answer (RFC 9110, 10.1.1).
  const std::string_view request_line = take_request_line(head);
  const bool knows_continue = !request_line.ends_with(" HTTP/1.0");
  while (!head.empty()) {
    const auto [name, value] = take_field(head);
    const bool is_length = is_named(name, "content-length");
    const bool is_coding = !is_length && is_named(name, "transfer-encoding");
    if ((is_length || is_coding) && value.find('%') != value.npos) {
      // Others decode it.
      error_ = invalid("Content-Length and Transfer-Encoding are not percent-encoded");
      return;
    }
    if (is_length) {
      const auto length = parse_number(value, 10);
      if (!length || has_length) reject("Content-Length must be one whole number");
      length_ = length.value_or(0);
      has_length = true;
    } else if (is_coding) {
      if (is_chunked_ || domain::to_lower(value) != "chunked") {
        reject("Transfer-Encoding must be chunked or absent");
      }
      is_chunked_ = true;
    } else if (is_named(name, "expect")) {
      expects_continue_ = knows_continue && domain::to_lower(value) == "100-continue";
    }
  }
  if (is_chunked_ && has_length) {
    reject("Content-Length and Transfer-Encoding exclude each other");
  }
  if (is_chunked_ || length_ > max_body_) allow_larger_body(request_line);
  if (length_ > max_body_ && !error_) error_ = too_large(max_body_);
}

void RequestFraming::allow_larger_body(std::string_view request_line) {
  if (larger_ == nullptr || error_) return;
  const auto larger = (*larger_)(request_line);
  if (!larger || *larger <= max_body_) return;
  max_body_ = *larger;
  chunks_ = Chunks(max_body_);
}

std::optional<Error> RequestFraming::Chunks::advance(std::string_view received, std::string* data) {
  while (!is_complete_) {
    if (chunk_ > 0) {
      if (received.size() - at_ < chunk_ + line_end.size()) return std::nullopt;
      if (received.substr(at_ + chunk_, line_end.size()) != line_end) {
        return invalid("A chunk is longer than its size");
      }
      if (data != nullptr) data->append(received, at_, chunk_);
      at_ += std::exchange(chunk_, 0) + line_end.size();
    }
    if (max_in_chunks(max_body_) - at_ < max_chunk_line + line_end.size()) {
      return too_large(max_body_);
    }
    const auto end = received.find(line_end, std::max(at_, searched_));
    const auto length = std::min(end, received.size()) - at_;
    // Without an end, the last byte may be its CR.
    if (length > max_chunk_line + (end == received.npos ? 1 : 0)) {
      return is_in_trailers_ ? unfinished() : invalid("A chunk has no valid size");
    }
    if (end == received.npos) {
      searched_ = received.size() - (received.ends_with('\r') ? 1 : 0);
      return std::nullopt;
    }
    if (auto error = read_line(received.substr(at_, length))) return error;
  }
  return std::nullopt;
}

std::optional<Error> RequestFraming::Chunks::read_line(std::string_view line) {
  constexpr int max_trailers = 32;
  if (has_control_characters(line)) return invalid("A chunk has control characters");
  at_ += line.size() + line_end.size();
  if (is_in_trailers_) {
    is_complete_ = line.empty();
    if (is_complete_ || trailers_++ < max_trailers) return std::nullopt;
    return invalid("The body has too many trailers");
  }
  std::string_view text = line.substr(0, line.find(';'));
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  const auto size = parse_number(text, 16);
  if (!size) return invalid("A chunk has no valid size");
  if (*size > max_body_ - carried_ || *size + line_end.size() > max_in_chunks(max_body_) - at_) {
    return too_large(max_body_);
  }
  chunk_ = *size;
  carried_ += *size;
  is_in_trailers_ = *size == 0;
  return std::nullopt;
}

}  // namespace hss::transport
