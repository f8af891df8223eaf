#include "api/http/host.h"

#include <algorithm>
#include <optional>

#include "domain/error.h"
#include "domain/validation/text.h"
#include "platform/ip_address.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::string_view digits = "0123456789";
constexpr std::size_t max_name = 253;

/// The name in lower case, without the dot that ends a fully qualified name.
std::string normal_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return domain::to_lower(name);
}

/// An IPv4 address is mapped to IPv6.
std::optional<platform::IpV6> find_address(const Authority& authority) {
  if (authority.is_bracketed) {
    // A link-local address has its interface after a percent sign.
    return platform::find_ipv6(std::string(authority.host.substr(0, authority.host.find('%'))));
  }
  const auto v4 = platform::find_ipv4(authority.host);
  return v4 ? std::optional(platform::map_to_ipv6(*v4)) : std::nullopt;
}

std::string_view authority_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("//"), url.size() - 2) + 2);
  return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

Authority split_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == text.npos) return {};
    authority = {.host = text.substr(1, end - 1), .port = {}, .is_bracketed = true};
    rest = text.substr(end + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  if (rest.empty()) return authority;
  authority.port = rest.substr(1);
  const bool is_port = rest.front() == ':' && authority.port.find_first_not_of(digits) == rest.npos;
  return is_port ? authority : Authority{};
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= max_name &&
         std::all_of(text.begin(), text.end(), [](char c) {
           const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
           return (lower >= 'a' && lower <= 'z') || digits.find(c) != digits.npos || c == '-' ||
                  c == '_' || c == '.';
         });
}

bool is_ip_address(const Authority& authority) {
  return find_address(authority).has_value();
}

bool is_loopback(const Authority& authority) {
  if (const auto address = find_address(authority)) {
    return platform::is_loopback_of_either(*address);
  }
  if (authority.is_bracketed) return false;
  const std::string name = normal_name(authority.host);
  return name == "localhost" || (is_host_name(name) && name.ends_with(".localhost"));
}

AllowedHosts::AllowedHosts(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!is_host_name(name)) {
      throw Error(ErrorCode::validation_error,
                  name + " is no host name; write it as demo.example, without a scheme or a port");
    }
    names_.push_back(normal_name(name));
  }
}

bool AllowedHosts::allows(std::string_view host) const {
  const Authority authority = split_authority(host);
  if (is_ip_address(authority) || is_loopback(authority)) return true;
  if (authority.is_bracketed || authority.host.empty()) return false;
  return std::find(names_.begin(), names_.end(), normal_name(authority.host)) != names_.end();
}

void AllowedHosts::require(std::string_view host) const {
  if (allows(host)) return;
  const std::string_view name = split_authority(host).host;
  const bool is_name = is_host_name(name);
  throw Error(ErrorCode::misdirected,
              "This server does not answer to the name " +
                  (is_name ? std::string(name) : "that was asked for") +
                  "; call it by its address, or start it with --allow-host " +
                  (is_name ? std::string(name) : "NAME"));
}

void AllowedHosts::require_host(const Request& request) const {
  // The target's host takes precedence (RFC 9112, 3.2.2), but the header's must be allowed as well.
  if (!request.target.starts_with('/')) require(authority_of(request.target));
  if (const std::string* host = request.find_header("Host")) require(*host);
}

}  // namespace hss::api
