#include "auth/token_key_loader.h"

#include <utility>

namespace hss::auth {

TokenKeyLoader::TokenKeyLoader(Load load, std::chrono::seconds pause, TokenSigner& signer,
                               domain::Clock now)
    : load_(std::move(load)),
      pause_(pause),
      signer_(signer),
      now_(domain::never_back(std::move(now))) {}

std::optional<Claims> TokenKeyLoader::verify(std::string_view token, domain::Instant now,
                                             const std::function<void()>& before_wait) {
  const auto in_seconds =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  if (has_change_ && is_time(last_load_)) {
    before_wait();
    load(now);
  }
  auto claims = signer_.verify(token, in_seconds);
  if (!claims && !signer_.has_signed(token) && is_time(last_search_)) {
    before_wait();
    load(now);
    claims = signer_.verify(token, in_seconds);
  }
  return claims;
}

/// True for the first who asks in a pause.
bool TokenKeyLoader::is_time(domain::Instant& last) {
  const std::lock_guard lock(mutex_);
  const domain::Instant now = now_();
  if (now - last < pause_) return false;
  last = now;
  return true;
}

void TokenKeyLoader::load(domain::Instant now) {
  const bool had_change = has_change_.exchange(false);
  try {
    std::vector<std::string> keys = load_(now);
    if (!keys.empty()) signer_.replace_keys(std::move(keys));
  } catch (...) {
    if (had_change) has_change_ = true;
    throw;
  }
}

}  // namespace hss::auth
