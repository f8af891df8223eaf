#pragma once

#include <string>

#include "auth/authenticator.h"
#include "auth/context.h"
#include "auth/sign_in.h"

namespace hss::auth {

/// Opening a shared screen, and letting people of the staff in on it. Thread-safe.
class Kiosks {
 public:
  explicit Kiosks(SignIn& sign_in) : sign_in_(sign_in) {}

  LoginResult open(domain::Tx& tx, const domain::Caller& caller, const std::string& name);

  /// What somebody typed: a PIN, or their password in place of one that is locked or forgotten.
  struct Credential {
    enum class Kind { pin, password };

    Kind kind = Kind::pin;
    std::string text;
  };
  /// Throws Error{unauthorized, rate_limited}; with a detail that says which of them is not right.
  /// A try of a PIN is on disk before it is checked.
  Ready<LoginResult> unlock(const Context& context, const std::string& account_id,
                            const Credential& credential);

 private:
  SignIn& sign_in_;
};

}  // namespace hss::auth
