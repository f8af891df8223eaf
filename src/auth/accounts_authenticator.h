#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/token.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::auth {

/// Accounts mode: who a token's session says, as their account is now. Without a token that holds
/// it is nobody. X-HSS-Role means nothing.
class AccountsAuthenticator final : public Authenticator {
 public:
  AccountsAuthenticator(domain::Store& store, Accounts& accounts, const TokenSigner& signer,
                        domain::Clock now);

  /// Writes down, now and then, that an unlocked screen is in use.
  domain::Principal authenticate(const Credentials& credentials,
                                 const Context& context) const override;
  bool holds(domain::Reader& reader, const domain::Principal& principal) const override;
  Ready<LoginResult> log_in(const Context& context, const LoginForm& form) const override;

 private:
  /// The session, where it has not ended and may be used.
  std::optional<domain::SignedIn> find_current(domain::Reader& reader,
                                               std::string_view session_id) const;

  domain::Store& store_;
  Accounts& accounts_;
  const TokenSigner& signer_;
  const domain::Clock now_;
};

}  // namespace hss::auth
