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

/// The steps that all logins share: attempts are counted, then secrets are hashed with no unit of
/// work open and while another request is served, then one change is made, and its session becomes
/// a token. As many instances as the last argument says count attempts. Thread-safe.
class SignIn {
 public:
  SignIn(domain::Store& store, const domain::AccountService& service,
         domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
         int instances);

  domain::Store& store() const { return store_; }
  const domain::AccountService& service() const { return service_; }
  RateLimiter& rate_limiter() { return rate_limiter_; }
  HashLimiter& hash_limiter() { return hash_limiter_; }
  /// The time in the store's format.
  std::string now() const { return domain::to_rfc3339(now_()); }

  domain::PasswordFit check(const Context& context, const std::string& secret,
                            const std::string& hash) const;
  std::string hash(const Context& context, const std::string& secret) const;

  /// Records an attempt before it is checked, as a separate change of the caller. Throws
  /// Error{unauthorized} if the caller's session has ended meanwhile.
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

/// A 401 for a request with a valid token: the detail says that the token is not the reason.
domain::Error wrong_password(const char* member);

}  // namespace hss::auth
