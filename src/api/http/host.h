#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"

namespace hss::api {

/// `host:port` of a URL or of a Host header, as it was written. Both are views of the text that was
/// split.
struct Authority {
  std::string_view host;  ///< an IPv6 address without its brackets
  std::string_view port;  ///< digits; empty if there is none
  bool is_bracketed = false;
};

/// Both parts are empty if the text is no authority.
Authority split_authority(std::string_view text);

/// True for ASCII letters, digits, dots, hyphens and underscores, as the name service allows them.
bool is_host_name(std::string_view text);
bool is_ip_address(const Authority& authority);
/// True if the host is this machine: `localhost`, a name below it, or a loopback address.
bool is_loopback(const Authority& authority);

/// The host names that a server without passwords accepts. `evil.example` may resolve to this
/// machine (DNS rebinding); its page's browser then sends that name, which is not in this list.
/// Addresses and `localhost` cannot be rebound, so they are always allowed.
class AllowedHosts {
 public:
  /// Throws Error{validation_error} for text that is no host name.
  explicit AllowedHosts(const std::vector<std::string>& names);

  /// Throws Error{misdirected} if the request names another host. A request that names none
  /// (HTTP/1.0) comes from no browser, and passes. Requires a parsed target.
  void require_host(const Request& request) const;

  /// `host` is as a Host header has it.
  bool allows(std::string_view host) const;

 private:
  void require(std::string_view host) const;

  std::vector<std::string> names_;
};

}  // namespace hss::api
