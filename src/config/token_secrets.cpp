#include "config/token_secrets.h"

#include <algorithm>
#include <utility>

#include "auth/token.h"
#include "config/secret_setting.h"
#include "domain/accounts/account_service.h"
#include "domain/error.h"

namespace hss {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::chrono::seconds max_lookup_time{10};

bool contains(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Throws Error{unavailable} with a sentence that names the setting.
template <class Ask>
auto ask_for(const std::string& reference, const Ask& ask) {
  try {
    return ask();
  } catch (const Error& error) {
    const std::string named =
        error.code() == ErrorCode::validation_error ? reference + ": " : std::string();
    throw Error(ErrorCode::unavailable, "HSS_JWT_SECRET: " + named + error.what());
  }
}

}  // namespace

TokenSecrets::TokenSecrets(std::shared_ptr<SecretService> service, std::vector<std::string> parts)
    : service_(std::move(service)), parts_(std::move(parts)) {}

std::vector<std::string> TokenSecrets::load(domain::Instant now) {
  const std::lock_guard loading(loading_);
  const auto deadline = std::chrono::steady_clock::now() + max_lookup_time;
  std::vector<std::string> keys, previous;
  for (const std::string& part : parts_) {
    if (!service_->is_reference(part)) {
      keys.push_back(part);
      continue;
    }
    keys.push_back(ask_for(part, [&] {
      std::string key = service_->get(part, deadline);
      require_token_key(key);
      return key;
    }));
    auto before = ask_for(part, [&] {
      return service_->find_previous(part, domain::kiosk_session_lifetime, deadline);
    });
    if (before && before->size() >= auth::TokenSigner::min_key_length) {
      previous.push_back(std::move(*before));
    }
  }
  note_replaced(keys, now);
  for (const Replaced& replaced : replaced_) previous.push_back(replaced.key);
  for (const std::string& key : previous) {
    if (!contains(keys, key)) keys.push_back(key);
  }
  const std::lock_guard lock(mutex_);
  return keys_ = keys;
}

std::vector<std::string> TokenSecrets::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

/// The service keeps one previous value, and it may have been replaced more often.
void TokenSecrets::note_replaced(const std::vector<std::string>& keys, domain::Instant now) {
  std::erase_if(replaced_, [&](const Replaced& each) { return each.until <= now; });
  for (const std::string& key : present_) {
    if (!contains(keys, key)) replaced_.push_back({key, now + domain::kiosk_session_lifetime});
  }
  present_ = keys;
}

}  // namespace hss
