#include "api/http/request.h"

#include <algorithm>
#include <stdexcept>

#include "api/http/json.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error bad_address(const std::string& why) {
  return {ErrorCode::validation_error, "The address " + why};
}

std::string decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) throw bad_address("has a broken percent-encoding");
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_utf8(decoded)) throw bad_address("is not UTF-8");
  if (domain::has_control_characters(decoded)) {
    throw bad_address("has control characters");
  }
  return decoded;
}

template <class Each>
void split(std::string_view text, char separator, const Each& each) {
  for (;;) {
    const auto end = text.find(separator);
    each(text.substr(0, end));
    if (end == text.npos) return;
    text.remove_prefix(end + 1);
  }
}

bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : +c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

const std::string* find(const Fields& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields.end() ? nullptr : &found->second;
}

}  // namespace

const std::string* Request::find_header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (is_same_name(key, name)) return &value;
  }
  return nullptr;
}

std::size_t Request::count_headers(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [&](const auto& header) { return is_same_name(header.first, name); }));
}

const std::string* Request::find_query(std::string_view name) const {
  return find(query, name);
}

const std::string& Request::parameter(std::string_view name) const {
  const std::string* value = find(parameters, name);
  if (value == nullptr) throw std::logic_error("the route has no parameter " + std::string(name));
  return *value;
}

void parse_target(Request& request) {
  std::string_view target = request.target;
  bool is_whole_address = false;
  // Clients send the whole address to a proxy, and may send it to a server (RFC 9112, 3.2.2).
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (domain::to_lower(target.substr(0, scheme.size())) != scheme) continue;
    const auto host_end = std::min(target.find_first_of("/?#", scheme.size()), target.size());
    if (host_end == scheme.size()) throw bad_address("names no host");
    target.remove_prefix(host_end);
    is_whole_address = true;
    break;
  }
  if (is_whole_address && target.find('#') != target.npos) throw bad_address("has a fragment (#)");
  const auto question = target.find('?');
  std::string_view path = target.substr(0, question);
  if (is_whole_address && path.empty()) path = "/";
  if (!path.starts_with('/')) throw bad_address("must begin with a slash");
  split(path.substr(1), '/', [&](std::string_view segment) {
    request.segments.push_back(decode(segment, false));
    request.path += "/" + request.segments.back();
  });
  if (question == target.npos) return;
  split(target.substr(question + 1), '&', [&](std::string_view pair) {
    if (pair.empty()) return;
    const auto equals = pair.find('=');
    request.query.emplace_back(
        decode(pair.substr(0, equals), true),
        equals == pair.npos ? std::string() : decode(pair.substr(equals + 1), true));
  });
}

}  // namespace hss::api
