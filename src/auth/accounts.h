#pragma once

#include <optional>
#include <string>
#include <utility>

#include "auth/authenticator.h"
#include "auth/context.h"
#include "auth/kiosks.h"
#include "auth/secret.h"
#include "auth/sign_in.h"
#include "auth/token.h"
#include "domain/accounts/account_service.h"
#include "domain/accounts/password_hashing.h"
#include "domain/store.h"

namespace hss::auth {

/// A one-time link, which is shown only once.
struct Link {
  std::string path;  ///< `/welcome#` and the secret
  std::string expires_at;
};

/// Signs accounts in and changes their credentials, in accounts mode. A wrong password or link is
/// Error{unauthorized}, with a detail if the caller is signed in. Each call checks and hashes at
/// once, and returns the change. As many instances as the last argument says count attempts.
/// Thread-safe.
class Accounts {
 public:
  Accounts(domain::Store& store, const domain::AccountService& service,
           domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
           domain::RandomBytes random, int instances);

  const domain::AccountService& service() const { return sign_in_.service(); }
  Kiosks& kiosks() { return kiosks_; }

  Ready<LoginResult> log_in(const Context& context, const PasswordLogin& login);
  /// Signs in to the existing account if the e-mail has one and the password is right.
  Ready<LoginResult> add_customer(const Context& context, const domain::NewAccount& person,
                                  const PasswordLogin& login);

  Ready<LoginResult> change_password(const Context& context, const std::string& current,
                                     const std::string& fresh);
  /// An empty `pin` removes the PIN.
  Ready<domain::Account> change_pin(const Context& context, const std::string& password,
                                    const std::string& pin);

  struct LinkUse {
    std::string secret;
    std::string password;
    domain::Field<std::string> name, email;  ///< of the first administrator
  };
  Ready<LoginResult> use_link(const Context& context, const LinkUse& use);
  Ready<Link> make_link(const Context& context, const std::string& account_id);
  Ready<std::pair<domain::Account, Link>> add_account(const Context& context,
                                                      const domain::NewAccount& person);
  /// Also returns a link if the account must set a password again, as its new role may do more.
  Ready<std::pair<domain::Account, std::optional<Link>>> change_account(
      const Context& context, const std::string& account_id, const domain::AccountChange& change);

 private:
  /// The token of a trusted device, stored with the session.
  struct TrustedDeviceToken {
    Secret secret;
    bool is_known = false;
  };
  TrustedDeviceToken new_trusted_device_token() const;
  /// Returns the given token if the account knows it; otherwise a new one.
  TrustedDeviceToken trusted_device_token_of(const std::optional<domain::Account>& account,
                                             const std::string& given) const;
  HashLimiter::Slot take_slot_to_register(const std::string& network, const std::string& email);
  std::optional<Ready<LoginResult>> find_session(const Context& context,
                                                 const PasswordLogin& login);
  domain::Session open_session(domain::Tx& tx, const std::string& account_id,
                               const TrustedDeviceToken& trusted_device) const;
  LoginResult answer_of(const domain::Session& session, domain::Role role,
                        const TrustedDeviceToken& trusted_device) const;
  domain::Account require_password(const Context& context, const std::string& password,
                                   const char* member);

  SignIn sign_in_;
  Kiosks kiosks_{sign_in_};
  const domain::RandomBytes random_;
};

}  // namespace hss::auth
