#pragma once

#include <string>

#include "auth/authenticator.h"
#include "auth/context.h"
#include "auth/sign_in.h"

namespace hss::auth {

/// Opens kiosks, and unlocks them for staff. Thread-safe.
class Kiosks {
 public:
  explicit Kiosks(SignIn& sign_in) : sign_in_(sign_in) {}

  LoginResult open(domain::Tx& tx, const domain::Caller& caller, const std::string& name);

  /// The credential that was typed: a PIN, or the password if the PIN is locked or forgotten.
  struct Credential {
    enum class Kind { pin, password };

    Kind kind = Kind::pin;
    std::string text;
  };
  /// Throws Error{unauthorized, rate_limited}; the detail names the wrong credential. An attempt
  /// with a PIN is on disk before it is checked.
  Ready<LoginResult> unlock(const Context& context, const std::string& account_id,
                            const Credential& credential);

 private:
  SignIn& sign_in_;
};

}  // namespace hss::auth
