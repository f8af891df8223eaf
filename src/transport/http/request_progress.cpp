#include "transport/http/request_progress.h"

#include <charconv>

#include "domain/validation/text.h"

namespace hss::transport {
namespace {

/// The number that the text begins with; `otherwise` where there is none.
std::size_t leading_number(std::string_view text, int base, std::size_t otherwise) {
  std::size_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

/// A method is of visible ASCII; an empty line before it is not unheard of.
bool may_begin_request(char c) {
  return (c > 0x20 && c < 0x7f) || c == '\r' || c == '\n';
}

}  // namespace

RequestProgress::State RequestProgress::advance(std::string_view received) {
  constexpr std::string_view end_of_head = "\r\n\r\n";
  if (body_at_ == 0) {
    if (!received.empty() && !may_begin_request(received.front())) return State::no_request;
    const auto from = seen_ < end_of_head.size() ? 0 : seen_ - end_of_head.size();
    const auto end = received.find(end_of_head, from);
    if (end == received.npos || end > max_head) {
      seen_ = received.size();
      return received.size() > max_head ? State::head_too_large : State::partial;
    }
    body_at_ = seen_ = needed_ = end + end_of_head.size();
    read_head(received.substr(0, end));
  }
  if (encoded_) return State::framing_encoded;
  whole_ = whole_ || (chunked_ ? skip_chunks(received) : received.size() >= needed_);
  if (whole_) return State::whole;
  return expects_ && received.size() == body_at_ ? State::expects : State::partial;
}

void RequestProgress::read_head(std::string_view head) {
  int framings = 0;
  for (std::size_t at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const bool may_frame = colon == std::string_view("content-length").size() ||
                           colon == std::string_view("transfer-encoding").size() ||
                           colon == std::string_view("expect").size();
    if (!may_frame) continue;
    const std::string name = domain::to_lower(line.substr(0, colon));
    const std::string_view value = domain::trim(line.substr(colon + 1));
    const bool frames = name == "content-length" || name == "transfer-encoding";
    if (frames && value.find('%') != value.npos) encoded_ = true;
    if (name == "content-length") {
      const std::size_t length = leading_number(value, 10, 0);
      // A body that will be refused need not arrive.
      if (length <= max_body_) needed_ = body_at_ + length;
      ++framings;
    } else if (name == "transfer-encoding") {
      chunked_ = domain::to_lower(value) == "chunked";
      ++framings;
    } else if (name == "expect") {
      expects_ = domain::to_lower(value) == "100-continue";
    }
  }
  // A client of HTTP/1.0 would take the word for the answer (RFC 9110, 10.1.1).
  const std::string_view line = head.substr(head.starts_with("\r\n") ? 2 : 0);
  if (line.substr(0, line.find("\r\n")).ends_with(" HTTP/1.0")) expects_ = false;
  // Two framings at once are refused, so there is nothing to wait for.
  if (framings > 1) {
    chunked_ = false;
    needed_ = body_at_;
  }
}

bool RequestProgress::skip_chunks(std::string_view received) {
  for (;;) {
    if (received.size() > body_at_ + max_in_chunks(max_body_)) return true;
    const auto end = received.find("\r\n", seen_);
    // A CR may be the last.
    if (end == received.npos) return received.size() - seen_ > max_chunk_line + 1;
    const std::string_view line = received.substr(seen_, end - seen_);
    if (in_trailers_) {
      seen_ = end + 2;
      if (line.empty()) return true;
      continue;
    }
    const std::size_t size = leading_number(domain::trim(line), 16, max_body_ + 1);
    if (size > max_body_ - chunks_) return true;
    if (size == 0) {
      in_trailers_ = true;
      seen_ = end + 2;
    } else if (received.size() < end + 2 + size + 2) {
      return false;
    } else {
      seen_ = end + 2 + size + 2;
      chunks_ += size;
    }
  }
}

}  // namespace hss::transport
