#include "config/listen_host.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "domain/error.h"
#include "domain/validation/text.h"
#include "platform/ip_address.h"

namespace hss {
namespace {

bool is_host_name(std::string_view host) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  };
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), fits);
}

}  // namespace

std::string parse_listen_host(const std::string& text) {
  const auto reject = [&](const std::string& why) -> domain::Error {
    return {domain::ErrorCode::validation_error, text + " " + why};
  };
  std::string host = domain::to_lower(text);
  if (host == "*") return "0.0.0.0";
  const bool is_in_brackets = host.starts_with('[') && host.ends_with(']');
  if (is_in_brackets) host = host.substr(1, host.size() - 2);
  if (host.find('%') != host.npos) {
    throw reject(
        "has a zone, with which no browser opens it; write :: for any address of this "
        "machine");
  }
  if (const auto v6 = platform::find_ipv6(host)) return platform::text_of(*v6);
  if (!is_in_brackets) {
    // Old ways to write one, too, such as 127.1, which name look-ups accept.
    if (const auto v4 = platform::find_short_ipv4(host)) return platform::text_of(*v4);
    if (is_host_name(host)) return host;
  }
  throw reject(
      "is no host; write an address of this machine, such as 127.0.0.1 or ::1, without "
      "scheme and port");
}

bool is_loopback(const std::string& host) {
  if (const auto v4 = platform::find_ipv4(host)) return platform::is_loopback(*v4);
  if (const auto v6 = platform::find_ipv6(host)) return platform::is_loopback_of_either(*v6);
  return host == "localhost";
}

std::string url_of(const std::string& host, int port, bool is_https) {
  const bool is_any = host == "0.0.0.0" || host == "::" || host == "::ffff:0.0.0.0";
  const std::string shown = is_any ? "127.0.0.1" : host;
  const bool is_v6 = shown.find(':') != shown.npos;
  return (is_https ? "https://" : "http://") + (is_v6 ? "[" + shown + "]" : shown) + ":" +
         std::to_string(port) + "/";
}

}  // namespace hss
