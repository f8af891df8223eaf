#include "app/accounts_mode.h"

#include "app/token_keys.h"

namespace hss::app {

AccountsMode::AccountsMode(const Config& config, domain::Store& store, const domain::Clock& now,
                           const domain::RandomBytes& random,
                           const domain::PasswordHashing& hashing)
    : config_(config),
      store_(store),
      now_(now),
      random_(random),
      signer_(token_keys(config, store, now())),
      service_(now, random, config.kiosk_lock_after),
      accounts_(store, service_, hashing, signer_, now, random),
      authenticator_(store, accounts_, signer_, now) {}

void AccountsMode::reload_keys() {
  signer_.replace_keys(token_keys(config_, store_, now_()));
}

std::string AccountsMode::make_first_link(const std::string& url) {
  const auth::Secret secret = auth::new_secret(random_);
  const bool is_needed = store_.transact([&](domain::Tx& tx) {
    if (tx.accounts().has_administrator()) return false;
    service_.make_first_link(tx, secret.hash);
    return true;
  });
  return is_needed ? url + "welcome#" + secret.text : "";
}

}  // namespace hss::app
