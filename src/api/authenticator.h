#pragma once

#include <string>

#include "api/request.h"
#include "domain/principal.h"

namespace hss::api {

/// What a login gives.
struct Session {
  std::string token;
  domain::Role role = domain::Role::customer;
  int expires_in = 0;  ///< seconds
};

/// Says who acts. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// From the request's headers. Throws Error{unauthorized} where they claim what does not hold.
  virtual domain::Principal authenticate(const Request& request) const = 0;

  /// `email` is checked already; `requested_role` may be empty.
  virtual Session log_in(const std::string& email, const std::string& requested_role) const = 0;
};

}  // namespace hss::api
