#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/context.h"
#include "domain/accounts/principal.h"
#include "domain/store.h"
#include "domain/validation/field.h"

namespace hss::auth {

/// What signing in gives.
struct LoginResult {
  std::string token;
  domain::Role role = domain::Role::customer;
  int expires_in = 0;  ///< seconds; of an unlocked screen: without use
  std::string
      trusted_device_token;  ///< for the browser to send when it signs in again; may be empty
};

/// What somebody signs in with in accounts mode, checked.
struct PasswordLogin {
  std::string email;
  std::string password;
  std::string
      trusted_device_token;  ///< as an earlier signing in gave it; may be empty, or anything else
};

struct LoginForm {
  std::string email;           ///< checked, in lower case
  std::string requested_role;  ///< demo mode's; may be empty
  domain::Field<std::string> password;
  std::string trusted_device_token;  ///< accounts mode's; may be empty
};

/// The credentials of a request.
struct Credentials {
  std::optional<std::string_view> bearer_token;
  std::optional<std::string_view> role;  ///< X-HSS-Role, which counts in demo mode alone
};

/// Says who acts. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// Passes over credentials that are not valid. The context's principal is not known yet.
  virtual domain::Principal authenticate(const Credentials& credentials,
                                         const Context& context) const = 0;

  /// True if the principal is still who they were when they were authenticated. Asking is no use of
  /// their session.
  virtual bool holds(domain::Reader& reader, const domain::Principal& principal) const = 0;

  /// Throws Error{validation_error, unauthorized, rate_limited}.
  virtual Ready<LoginResult> log_in(const Context& context, const LoginForm& form) const = 0;
};

}  // namespace hss::auth
