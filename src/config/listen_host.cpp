#include "config/listen_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss {
namespace {

std::optional<in_addr> find_v4(const std::string& host) {
  in_addr address{};
  if (::inet_pton(AF_INET, host.c_str(), &address) != 1) return std::nullopt;
  return address;
}

std::optional<in6_addr> find_v6(const std::string& host) {
  in6_addr address{};
  if (::inet_pton(AF_INET6, host.c_str(), &address) != 1) return std::nullopt;
  return address;
}

template <class T>
std::string text_of(int family, const T& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(family, &address, text.data(), text.size());
  return text.data();
}

/// Old ways to write an IPv4 address, such as 127.1, which name look-ups accept too.
std::optional<in_addr> find_short_v4(const std::string& host) {
  const bool is_number = !host.empty() &&
                         host.find_first_not_of("0123456789.xabcdef") == host.npos &&
                         host.front() >= '0' && host.front() <= '9';
  in_addr address{};
  if (!is_number || ::inet_aton(host.c_str(), &address) == 0) return std::nullopt;
  return address;
}

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
  if (const auto v6 = find_v6(host)) return text_of(AF_INET6, *v6);
  if (!is_in_brackets) {
    if (const auto v4 = find_v4(host)) return text_of(AF_INET, *v4);
    if (const auto v4 = find_short_v4(host)) return text_of(AF_INET, *v4);
    if (is_host_name(host)) return host;
  }
  throw reject(
      "is no host; write an address of this machine, such as 127.0.0.1 or ::1, without "
      "scheme and port");
}

bool is_loopback(const std::string& host) {
  const auto is_v4_loopback = [](std::uint32_t address) { return address >> 24 == 127; };
  if (const auto v4 = find_v4(host)) return is_v4_loopback(ntohl(v4->s_addr));
  if (const auto v6 = find_v6(host)) {
    if (IN6_IS_ADDR_V4MAPPED(&*v6)) return v6->s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&*v6) != 0;
  }
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
