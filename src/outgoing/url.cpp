#include "outgoing/url.h"

#include <algorithm>
#include <charconv>

namespace hss::outgoing {
namespace {

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool is_ipv6_character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

}  // namespace

std::string Url::authority() const {
  std::string text = host.find(':') == host.npos ? host : "[" + host + "]";
  if (port != (is_https ? 443 : 80)) text += ":" + std::to_string(port);
  return text;
}

std::optional<Url> parse_url(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; })) {
    return std::nullopt;
  }
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  Url url;
  url.is_https = lower.starts_with("https://");
  if (!url.is_https && !lower.starts_with("http://")) return std::nullopt;
  const std::size_t from = url.is_https ? 8 : 7;
  const std::size_t to = std::min(text.find_first_of("/?#", from), text.size());
  std::string_view authority = std::string_view(lower).substr(from, to - from);

  const bool is_ipv6 = authority.starts_with('[');
  const std::size_t host_end =
      is_ipv6 ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (host_end == authority.npos) return std::nullopt;
  url.host = authority.substr(is_ipv6 ? 1 : 0, host_end - (is_ipv6 ? 1 : 0));
  if (url.host.empty() || url.host.size() > 253 ||
      !std::all_of(url.host.begin(), url.host.end(),
                   is_ipv6 ? is_ipv6_character : is_host_character)) {
    return std::nullopt;
  }
  authority.remove_prefix(host_end + (is_ipv6 ? 1 : 0));
  url.port = url.is_https ? 443 : 80;
  if (!authority.empty()) {
    if (authority.front() != ':') return std::nullopt;
    const char* end = authority.data() + authority.size();
    const auto [rest, failure] = std::from_chars(authority.data() + 1, end, url.port);
    if (failure != std::errc() || rest != end || url.port < 1 || url.port > 65535) {
      return std::nullopt;
    }
  }
  url.target = text.substr(to, std::min(text.find('#'), text.size()) - to);
  if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
  return url;
}

}  // namespace hss::outgoing
