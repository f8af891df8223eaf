#include "transport/http/request_head.h"

#include <algorithm>

#include "domain/error.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::string_view head_line_end = "\r\n";

Error no_http() {
  return {ErrorCode::validation_error, "This is not a valid HTTP request"};
}

/// A letter, a digit, or one of some signs: names consist of them.
bool is_token_character(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Cuts the text up to the next separator off its front; all of it where there is none.
std::string_view take(std::string_view& text, std::string_view separator) {
  const auto end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + separator.size(), text.size()));
  return part;
}

HttpVersion parse_request_line(std::string_view line, api::Request& request) {
  const std::string_view method = take(line, " ");
  const std::string_view target = take(line, " ");
  if (!is_token(method) || target.empty() ||
      std::any_of(target.begin(), target.end(), is_control)) {
    throw no_http();
  }
  request.method = method;
  request.target = target;
  if (line == "HTTP/1.1") return HttpVersion::http_1_1;
  if (line == "HTTP/1.0") return HttpVersion::http_1_0;
  throw no_http();
}

/// A line that begins with white space continues the one before it, which is long forbidden: its
/// name is not a token.
void parse_field(std::string_view& head, api::Request& request) {
  const auto [name, value] = take_field(head);
  if (!is_token(name)) throw no_http();
  if (has_control_characters(value)) {
    throw Error(ErrorCode::validation_error, "A header has control characters");
  }
  request.headers.emplace_back(name, value);
}

}  // namespace

bool has_control_characters(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return is_control(c) && c != '\t'; });
}

std::string_view take_request_line(std::string_view& head) {
  // Old clients end a body with a line too many.
  if (head.starts_with(head_line_end)) head.remove_prefix(head_line_end.size());
  return take(head, head_line_end);
}

FieldLine take_field(std::string_view& head) {
  constexpr std::string_view padding = " \t";
  const std::string_view line = take(head, head_line_end);
  const auto colon = line.find(':');
  if (colon == line.npos) return {};
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(padding), value.size()));
  return {.name = line.substr(0, colon),
          .value = value.substr(0, value.find_last_not_of(padding) + 1)};
}

HttpVersion parse_head(std::string_view head, api::Request& request) {
  constexpr std::size_t max_fields = 100;
  const HttpVersion version = parse_request_line(take_request_line(head), request);
  request.headers.reserve(16);
  while (!head.empty()) {
    if (request.headers.size() == max_fields) {
      throw Error(ErrorCode::validation_error, "The request has more than 100 headers");
    }
    parse_field(head, request);
  }
  const std::size_t hosts = request.count_headers("host");
  if (hosts > 1 || (hosts == 0 && version == HttpVersion::http_1_1)) {
    throw Error(ErrorCode::validation_error, "A request names its host, and once");
  }
  return version;
}

}  // namespace hss::transport
