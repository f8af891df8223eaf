#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"

namespace hss::api {

/// The origin of this server's own pages as the request addresses them; empty if the request names
/// no host.
std::string own_origin(const Request& request);

/// True if the browser says that a page of this server sent the request.
bool is_from_own_page(const Request& request, const std::string& origin);

/// The origins of web pages whose scripts may call the API.
class AllowedOrigins {
 public:
  /// Allows the pages that this machine serves, on any port.
  static constexpr std::string_view loopback = "loopback";

  /// `*` allows all. Throws Error{validation_error} for text that no browser sends.
  explicit AllowedOrigins(std::vector<std::string> origins);

  bool allows_any() const { return allows_any_; }
  bool allows(std::string_view origin) const;

 private:
  bool allows_any_ = false;
  bool allows_loopback_ = false;
  std::vector<std::string> origins_;
};

/// Protects a server without passwords, on which another site's page could send any request, and
/// one of text/plain even without a preflight. Throws Error{forbidden} if the request may change
/// something and comes from a page that is neither our own nor allowed.
void require_trusted_origin(const Request& request, const AllowedOrigins& origins);

}  // namespace hss::api
