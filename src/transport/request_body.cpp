#include "transport/request_body.h"

#include <charconv>
#include <optional>

#include "domain/text.h"

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

Error too_large(std::size_t largest) {
  return {ErrorCode::payload_too_large,
          "The body is larger than " + std::to_string(largest) + " bytes"};
}

std::string read_chunks(Connection& connection, std::size_t largest) {
  constexpr std::size_t longest_line = 4096;
  constexpr int most_trailers = 32;
  std::string body;
  std::string line;
  for (;;) {
    if (!connection.read_line(line, longest_line)) throw bad_framing("A chunk has no valid size");
    const auto size = parse_number(domain::trim(line.substr(0, line.find(';'))), 16);
    if (!size) throw bad_framing("A chunk has no valid size");
    if (*size == 0) break;
    if (*size > largest - body.size()) throw too_large(largest);
    if (!connection.read_exactly(body, *size)) throw unfinished();
    if (!connection.read_line(line, 0)) throw bad_framing("A chunk is longer than its size");
  }
  for (int trailers = 0; connection.read_line(line, longest_line); ++trailers) {
    if (line.empty()) return body;
    if (trailers == most_trailers) throw bad_framing("The body has too many trailers");
  }
  throw unfinished();
}

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

std::string read_body(Connection& connection, const Framing& framing, std::size_t largest) {
  if (framing.chunked) return read_chunks(connection, largest);
  if (framing.length > largest) throw too_large(largest);
  std::string body;
  if (!connection.read_exactly(body, framing.length)) throw unfinished();
  return body;
}

}  // namespace hss::transport
