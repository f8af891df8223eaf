#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/token.h"
#include "auth/token_key_loader.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::auth {

/// Accounts mode: the principal is the account of the token's session, with its present role.
/// Without a valid token it is nobody. Ignores X-HSS-Role.
class AccountsAuthenticator final : public Authenticator {
 public:
  /// Without `keys`, the signer's keys stay as they are.
  AccountsAuthenticator(domain::Store& store, Accounts& accounts, const TokenSigner& signer,
                        TokenKeyLoader* keys, domain::Clock now);

  /// Also records now and then that an unlocked kiosk is in use.
  domain::Principal authenticate(const Credentials& credentials,
                                 const std::function<void()>& before_wait) const override;
  bool holds(domain::Reader& reader, const domain::Principal& principal) const override;
  Ready<LoginResult> log_in(const Context& context, const LoginForm& form) const override;

 private:
  std::optional<Claims> verify(std::string_view token,
                               const std::function<void()>& before_wait) const;
  /// The session if it has not ended and may be used.
  std::optional<domain::SignedIn> find_current(domain::Reader& reader,
                                               std::string_view session_id) const;

  domain::Store& store_;
  Accounts& accounts_;
  const TokenSigner& signer_;
  TokenKeyLoader* const keys_;
  const domain::Clock now_;
};

}  // namespace hss::auth
