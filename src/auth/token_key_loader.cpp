#include "auth/token_key_loader.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace hss::auth {

TokenKeyLoader::TokenKeyLoader(domain::Store& store, TokenSigner& signer, domain::Clock now)
    : store_(store),
      signer_(signer),
      now_(domain::never_back(std::move(now))),
      subscription_(store.on_commit([this] { has_change_ = true; })) {}

std::optional<Claims> TokenKeyLoader::verify(std::string_view token, domain::Instant now) {
  const auto in_seconds =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  if (has_change_ && is_time(last_load_)) load(now);
  auto claims = signer_.verify(token, in_seconds);
  if (!claims && !signer_.has_signed(token) && is_time(last_search_)) {
    load(now);
    claims = signer_.verify(token, in_seconds);
  }
  return claims;
}

/// True for the first who asks in a second.
bool TokenKeyLoader::is_time(domain::Instant& last) {
  const std::lock_guard lock(mutex_);
  const domain::Instant now = now_();
  if (now - last < std::chrono::seconds(1)) return false;
  last = now;
  return true;
}

void TokenKeyLoader::load(domain::Instant now) {
  has_change_ = false;
  std::vector<std::string> keys;
  try {
    const auto listed = store_.read(
        [&](domain::Reader& reader) { return reader.token_keys().list(domain::to_rfc3339(now)); });
    for (const auto& key : listed) keys.push_back(key.bytes);
  } catch (...) {
    has_change_ = true;
    throw;
  }
  if (!keys.empty()) signer_.replace_keys(std::move(keys));
}

}  // namespace hss::auth
