#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/context.h"
#include "domain/accounts/principal.h"
#include "domain/store.h"
#include "domain/validation/field.h"

namespace hss::auth {

/// The result of a login.
struct LoginResult {
  std::string token;
  domain::Role role = domain::Role::customer;
  int expires_in = 0;  ///< seconds; on an unlocked kiosk: without use
  std::string
      trusted_device_token;  ///< for the browser to send when it signs in again; may be empty
};

/// The form of a login in accounts mode, checked.
struct PasswordLogin {
  std::string email;
  std::string password;
  std::string trusted_device_token;  ///< from an earlier login; may be empty, or any other text
};

struct LoginForm {
  std::string email;           ///< checked; in lower case
  std::string requested_role;  ///< of demo mode; may be empty
  domain::Field<std::string> password;
  std::string trusted_device_token;  ///< of accounts mode; may be empty
};

/// The credentials of a request.
struct Credentials {
  std::optional<std::string_view> bearer_token;
  std::optional<std::string_view> role;  ///< X-HSS-Role; only demo mode reads it
};

/// Finds the principal that acts. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// Ignores credentials that are not valid. The context has no principal yet.
  virtual domain::Principal authenticate(const Credentials& credentials,
                                         const Context& context) const = 0;

  /// True if the principal still has the rights with which it was authenticated. Does not count as
  /// use of its session.
  virtual bool holds(domain::Reader& reader, const domain::Principal& principal) const = 0;

  /// Throws Error{validation_error, unauthorized, rate_limited}.
  virtual Ready<LoginResult> log_in(const Context& context, const LoginForm& form) const = 0;
};

}  // namespace hss::auth
