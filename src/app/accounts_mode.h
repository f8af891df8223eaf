#pragma once

#include <string>

#include "auth/accounts.h"
#include "auth/accounts_authenticator.h"
#include "auth/token.h"
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

  void reload_keys();

  /// Makes the link at which the first administrator sets a password; empty if an administrator can
  /// already sign in.
  std::string make_first_link(const std::string& url);

 private:
  const Config& config_;
  domain::Store& store_;
  const domain::Clock now_;
  const domain::RandomBytes random_;
  auth::TokenSigner signer_;
  const domain::AccountService service_;
  auth::Accounts accounts_;
  const auth::AccountsAuthenticator authenticator_;
};

}  // namespace hss::app
