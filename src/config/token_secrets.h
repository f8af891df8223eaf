#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "auth/token_key_source.h"
#include "config/secret_service.h"

namespace hss {

/// The keys of HSS_JWT_SECRET, of which at least one says where it lies. A key that was replaced
/// there is accepted for as long as one of its tokens can last. Thread-safe.
class TokenSecrets final : public auth::TokenKeySource {
 public:
  /// `parts` are keys and references, the newest first.
  TokenSecrets(std::shared_ptr<SecretService> service, std::vector<std::string> parts);

  /// Waits for the service: ten seconds at most.
  std::vector<std::string> load(domain::Instant now) override;
  std::vector<std::string> keys() const override;

 private:
  struct Replaced {
    std::string key;
    domain::Instant until;
  };
  void note_replaced(const std::vector<std::string>& keys, domain::Instant now);

  const std::shared_ptr<SecretService> service_;
  const std::vector<std::string> parts_;
  std::mutex loading_;
  std::vector<std::string> present_;  ///< without those that were replaced
  std::vector<Replaced> replaced_;
  mutable std::mutex mutex_;  ///< guards `keys_`
  std::vector<std::string> keys_;
};

}  // namespace hss
