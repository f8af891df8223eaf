#include "app/accounts_mode.h"

#include <chrono>

#include "app/token_keys.h"

namespace hss::app {
namespace {

/// Another service is asked in between, and every call costs.
constexpr std::chrono::seconds pause_of_source{10};
constexpr std::chrono::seconds pause_of_database{1};

}  // namespace

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
      authenticator_(store, accounts_, signer_, make_key_loader(), now) {}

auth::TokenKeyLoader* AccountsMode::make_key_loader() {
  if (config_.token_key_source) {
    const auto load = [source = config_.token_key_source](domain::Instant now) {
      return source->load(now);
    };
    return &key_loader_.emplace(load, pause_of_source, signer_, now_);
  }
  if (!config_.token_keys.empty()) return nullptr;
  const auto load = [this](domain::Instant now) {
    return store_.read([&](domain::Reader& reader) { return list_token_keys(reader, now); });
  };
  key_loader_.emplace(load, pause_of_database, signer_, now_);
  subscription_ = store_.on_commit([this] { key_loader_->note_change(); });
  return &*key_loader_;
}

void AccountsMode::reload_keys() {
  key_loader_->load(now_());
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
