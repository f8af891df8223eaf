#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <utility>

#include "api/attempts.h"
#include "api/authenticator.h"
#include "api/request.h"
#include "api/token.h"
#include "domain/account_service.h"
#include "domain/password_hashing.h"
#include "domain/store.h"

namespace hss::api {

/// A one-time link, as it is shown once.
struct Link {
  std::string path;  ///< `/welcome#` and the secret
  std::string expires_at;
};

/// What is behind a one-time link: 32 random bytes in base64url, and the SHA-256 that is kept.
struct LinkSecret {
  std::string text;
  std::string hash;
};
LinkSecret new_link_secret(const domain::RandomBytes& random);

/// What a request with a password, PIN or link in it does in accounts mode: counts the try, hashes
/// while no unit of work is open and another request has this one's turn, then makes one change.
/// Wrong is Error{unauthorized}; with a detail where a token that holds came along. Thread-safe.
class Accounts {
 public:
  Accounts(domain::Store& store, const domain::AccountService& service,
           domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
           domain::RandomBytes random);

  const domain::AccountService& service() const { return service_; }

  Session log_in(const Request& request, const std::string& email, const std::string& password);
  Session add_customer(const Request& request, const domain::NewAccount& person,
                       const std::string& password);
  void log_out(const Request& request);
  Session change_password(const Request& request, const std::string& current,
                          const std::string& fresh);
  /// Empty `pin`: none any more.
  domain::Account change_pin(const Request& request, const std::string& password,
                             const std::string& pin);

  struct LinkUse {
    std::string secret;
    std::string password;
    domain::Given<std::string> name, email;  ///< of the first administrator
  };
  Session use_link(const Request& request, const LinkUse& use);
  Link make_link(const Request& request, const std::string& account_id);
  std::pair<domain::Account, Link> add_account(const Request& request,
                                               const domain::NewAccount& person);

  Session open_device(const Request& request, const std::string& name);
  Session unlock_device(const Request& request, const std::string& account_id,
                        const std::string& pin);

 private:
  class Turn;

  bool fits(const Request& request, const std::string& secret, const std::string& hash) const;
  std::string hash(const Request& request, const std::string& secret) const;
  domain::Account require_password(const Request& request, const std::string& password,
                                   const char* member);
  template <class Work>
  auto transact(const Request& request, const Work& work) const;
  Session token_of(const domain::Session& session, domain::Role role) const;

  domain::Store& store_;
  const domain::AccountService& service_;
  const domain::PasswordHashing hashing_;
  const TokenSigner& signer_;
  const domain::Clock now_;
  const domain::RandomBytes random_;
  Attempts attempts_;
  std::atomic<int> hashing_now_ = 0;
};

}  // namespace hss::api
