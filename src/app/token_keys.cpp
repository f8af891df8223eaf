#include "app/token_keys.h"

#include <array>
#include <cstdint>

#include "crypto/digest.h"
#include "domain/accounts/account_service.h"

namespace hss::app {

std::vector<std::string> token_keys(const Config& config, domain::Store& store,
                                    domain::Instant now) {
  if (!config.token_keys.empty()) return config.token_keys;
  return store.transact([&](domain::Tx& tx) {
    if (list_token_keys(tx, now).empty()) add_token_key(tx, now);
    return list_token_keys(tx, now);
  });
}

std::vector<std::string> list_token_keys(domain::Reader& reader, domain::Instant now) {
  std::vector<std::string> keys;
  for (auto& key : reader.token_keys().list(domain::to_rfc3339(now))) {
    keys.push_back(std::move(key.bytes));
  }
  return keys;
}

void add_token_key(domain::Tx& tx, domain::Instant now) {
  std::array<std::uint8_t, 32> bytes{};
  crypto::fill_random(bytes);
  tx.token_keys().insert(
      {.bytes = std::string(bytes.begin(), bytes.end()), .created_at = domain::to_rfc3339(now)},
      domain::to_rfc3339(now + domain::kiosk_session_lifetime));
}

}  // namespace hss::app
