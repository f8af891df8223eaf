#pragma once

#include <string>
#include <vector>

#include "auth/authenticator.h"
#include "auth/context.h"
#include "auth/hash_limiter.h"
#include "auth/rate_limiter.h"
#include "auth/token.h"
#include "domain/accounts/account_service.h"
#include "domain/accounts/password_hashing.h"
#include "domain/error.h"
#include "domain/store.h"

namespace hss::auth {

/// What every way of signing in goes through: tries are counted, secrets hashed while no unit of
/// work is open and another request has this one's turn, then one change is made, and its session
/// becomes a token. Thread-safe.
class SignIn {
 public:
  SignIn(domain::Store& store, const domain::AccountService& service,
         domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now);

  domain::Store& store() const { return store_; }
  const domain::AccountService& service() const { return service_; }
  RateLimiter& rate_limiter() { return rate_limiter_; }
  HashLimiter& hash_limiter() { return hash_limiter_; }
  /// As the store writes it.
  std::string now() const { return domain::to_rfc3339(now_()); }

  domain::PasswordFit check(const Context& context, const std::string& secret,
                            const std::string& hash) const;
  std::string hash(const Context& context, const std::string& secret) const;

  /// Records a try before it is checked: one change of the caller's, on its own. Throws
  /// Error{unauthorized} where their session has ended meanwhile.
  template <class Work>
  auto transact(const Context& context, const Work& work) const {
    context.before_wait();
    return store_.transact([&](domain::Tx& tx) {
      domain::require_session(tx, context.principal);
      return work(tx);
    });
  }

  LoginResult token_of(const domain::Session& session, domain::Role role) const;

 private:
  domain::Store& store_;
  const domain::AccountService& service_;
  const domain::PasswordHashing hashing_;
  const TokenSigner& signer_;
  const domain::Clock now_;
  RateLimiter rate_limiter_;
  HashLimiter hash_limiter_;
};

/// 401 where a token that holds came along: the detail tells that it is not the token.
domain::Error wrong_password(const char* member);

}  // namespace hss::auth
