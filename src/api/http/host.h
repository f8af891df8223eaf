#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"

namespace hss::api {

/// `host:port` of a URL or of a Host header, as it was written. Views of the text that was split.
struct Authority {
  std::string_view host;  ///< an IPv6 address without its brackets
  std::string_view port;  ///< digits; empty where none is named
  bool is_bracketed = false;
};

/// Both parts are empty where the text is none.
Authority split_authority(std::string_view text);

/// ASCII letters, digits, dots, hyphens and underscores, as the name service has them.
bool is_host_name(std::string_view text);
bool is_ip_address(const Authority& authority);
/// True if it is this machine's alone: `localhost`, a name below it, or a loopback address.
bool is_loopback(const Authority& authority);

/// The names that a server without passwords answers to. A page of `evil.example` may let its name
/// lead to this machine (DNS rebinding): its browser then sends us that name, which is nobody's
/// here. An address is no name, and `localhost` leads nowhere else, so both are always allowed.
class AllowedHosts {
 public:
  /// Throws Error{validation_error} for what is no host name.
  explicit AllowedHosts(const std::vector<std::string>& names);

  /// Throws Error{misdirected} where the request names another host. One that names none (HTTP/1.0)
  /// came from no browser, and passes. The request's target was parsed.
  void require_host(const Request& request) const;

 private:
  bool allows(std::string_view host) const;
  void require(std::string_view host) const;

  std::vector<std::string> names_;
};

}  // namespace hss::api
