#pragma once

#include <string>

#include "auth/accounts.h"
#include "auth/accounts_authenticator.h"
#include "auth/token.h"
#include "config/config.h"
#include "domain/accounts/account_service.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::commands {

/// The parts that accounts mode adds, wired together. `config` and `store` outlive it.
class AccountsMode {
 public:
  AccountsMode(const Config& config, domain::Store& store, const domain::Clock& now);

  api::Accounts& accounts() { return accounts_; }
  const api::Authenticator& authenticator() const { return authenticator_; }

  void reload_keys();

  /// Makes the link at which the first administrator sets a password; empty if an administrator can
  /// already sign in.
  std::string make_first_link(const std::string& url);

 private:
  const Config& config_;
  domain::Store& store_;
  const domain::Clock now_;
  api::TokenSigner signer_;
  const domain::AccountService service_;
  api::Accounts accounts_;
  const api::AccountsAuthenticator authenticator_;
};

}  // namespace hss::commands
