#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/accounts.h"
#include "auth/accounts_authenticator.h"
#include "auth/token.h"
#include "auth/token_key_loader.h"
#include "config/config.h"
#include "domain/accounts/account_service.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::app {

/// The parts that accounts mode adds, wired together. `config` and `store` outlive it.
class AccountsMode {
 public:
  AccountsMode(const Config& config, domain::Store& store, const domain::Clock& now,
               const domain::RandomBytes& random, const domain::PasswordHashing& hashing);

  auth::Accounts& accounts() { return accounts_; }
  const domain::AccountService& service() const { return service_; }
  auth::TokenSigner& signer() { return signer_; }
  const auth::Authenticator& authenticator() const { return authenticator_; }

  /// False if the keys are given once and for all: in HSS_JWT_SECRET, and not by reference.
  bool may_reload_keys() const { return key_loader_.has_value(); }
  /// Throws Error{unavailable}.
  void reload_keys();

  /// The link at which the first administrator sets a password. Both are empty if an administrator
  /// can sign in already.
  struct FirstLink {
    std::string address;      ///< if it was made now
    std::string waits_until;  ///< RFC 3339; if one waits that another instance has made
  };
  /// Makes it. On a database server, where several instances may start at once, only if none waits.
  FirstLink make_first_link(const std::string& url);

 private:
  auth::TokenKeyLoader* make_key_loader();

  const Config& config_;
  domain::Store& store_;
  const domain::Clock now_;
  const domain::RandomBytes random_;
  auth::TokenSigner signer_;
  const domain::AccountService service_;
  auth::Accounts accounts_;
  std::optional<auth::TokenKeyLoader> key_loader_;      ///< none if the configuration has the keys
  std::unique_ptr<domain::Subscription> subscription_;  ///< if the database has them
  const auth::AccountsAuthenticator authenticator_;
};

}  // namespace hss::app
