#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"

namespace hss::api {

/// The origin of the pages that this server serves to whoever sent the request; empty where the
/// request names no host.
std::string own_origin(const Request& request);

/// True if the browser says that a page of this server sent the request.
bool is_from_own_page(const Request& request, const std::string& origin);

/// The origins of web pages whose scripts may call the API.
class AllowedOrigins {
 public:
  /// Stands for the pages that this machine serves, on any port.
  static constexpr std::string_view loopback = "loopback";

  /// `*` stands for all. Throws Error{validation_error} for what a browser never sends.
  explicit AllowedOrigins(std::vector<std::string> origins);

  bool allows_any() const { return allows_any_; }
  bool allows(std::string_view origin) const;

 private:
  bool allows_any_ = false;
  bool allows_loopback_ = false;
  std::vector<std::string> origins_;
};

/// For a server without passwords, where a request needs nothing that another site's page could not
/// send, and one of text/plain not even a browser's question first. Throws Error{forbidden} where
/// the request may change something and a page sent it that is neither our own nor allowed.
void require_trusted_origin(const Request& request, const AllowedOrigins& origins);

}  // namespace hss::api
