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
      accounts_(store, service_, hashing, signer_, now, random, config.instances),
      authenticator_(
          store, accounts_, signer_,
          config.token_keys.empty() ? &key_loader_.emplace(store, signer_, now) : nullptr, now) {}

void AccountsMode::reload_keys() {
  signer_.replace_keys(token_keys(config_, store_, now_()));
}

AccountsMode::FirstLink AccountsMode::make_first_link(const std::string& url) {
  const auth::Secret secret = auth::new_secret(random_);
  return store_.transact([&](domain::Tx& tx) -> FirstLink {
    if (tx.accounts().has_administrator()) return {};
    if (config_.server) {
      const auto waiting = tx.accounts().find_first_link();
      if (waiting && waiting->expires_at > domain::to_rfc3339(now_())) {
        return {.address = "", .waits_until = waiting->expires_at};
      }
    }
    service_.make_first_link(tx, secret.hash);
    return {.address = url + "welcome#" + secret.text, .waits_until = ""};
  });
}

}  // namespace hss::app
