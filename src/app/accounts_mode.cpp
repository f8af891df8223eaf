#include "app/accounts_mode.h"

#include "app/password_hashing.h"
#include "app/token_keys.h"
#include "crypto/digest.h"

namespace hss::commands {

AccountsMode::AccountsMode(const Config& config, domain::Store& store, const domain::Clock& now)
    : config_(config),
      store_(store),
      now_(now),
      signer_(token_keys(config, store, now())),
      service_(now, crypto::fill_random, config.kiosk_lock_after),
      accounts_(store, service_, scrypt_hashing(), signer_, now, crypto::fill_random),
      authenticator_(store, accounts_, signer_, now) {}

void AccountsMode::reload_keys() {
  signer_.replace_keys(token_keys(config_, store_, now_()));
}

std::string AccountsMode::make_first_link(const std::string& url) {
  const auth::Secret secret = auth::new_secret(crypto::fill_random);
  const bool is_needed = store_.transact([&](domain::Tx& tx) {
    if (tx.has_administrator()) return false;
    service_.make_first_link(tx, secret.hash);
    return true;
  });
  return is_needed ? url + "welcome#" + secret.text : "";
}

}  // namespace hss::commands
