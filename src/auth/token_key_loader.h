#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "auth/token.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::auth {

/// Keeps a signer's keys those of the database, where other instances and `hss key` add and remove
/// them. Thread-safe.
class TokenKeyLoader {
 public:
  /// Both outlive it.
  TokenKeyLoader(domain::Store& store, TokenSigner& signer, domain::Clock now);

  /// Verifies a token as the signer does. Loads the keys before that if the data have changed since
  /// they were loaded, and after it if none of them signed the token; each at most once a second.
  /// Throws Error{unavailable}.
  std::optional<Claims> verify(std::string_view token, domain::Instant now);

 private:
  bool is_time(domain::Instant& last);
  void load(domain::Instant now);

  domain::Store& store_;
  TokenSigner& signer_;
  std::mutex mutex_;
  const domain::Clock now_;
  domain::Instant last_load_{}, last_search_{};
  std::atomic<bool> has_change_ = false;
  const std::unique_ptr<domain::Subscription> subscription_;
};

}  // namespace hss::auth
