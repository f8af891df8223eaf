#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/token.h"
#include "domain/clock.h"

namespace hss::auth {

/// Keeps a signer's keys those of the place where they are kept, where others add and remove them.
/// Thread-safe.
class TokenKeyLoader {
 public:
  /// Returns the keys as they are now; none: the signer keeps its own. Throws Error{unavailable}.
  using Load = std::function<std::vector<std::string>(domain::Instant now)>;

  /// `signer` outlives it. Requests make it load at most once in `pause`.
  TokenKeyLoader(Load load, std::chrono::seconds pause, TokenSigner& signer, domain::Clock now);

  /// Verifies a token as the signer does. Loads the keys before that if they may have changed since
  /// they were loaded, and after it if none of them signed the token. Calls `before_wait` before it
  /// loads. Throws Error{unavailable}.
  std::optional<Claims> verify(std::string_view token, domain::Instant now,
                               const std::function<void()>& before_wait);

  /// Says that the keys may have changed. Does next to nothing.
  void note_change() { has_change_ = true; }

  /// Throws Error{unavailable}.
  void load(domain::Instant now);

 private:
  bool is_time(domain::Instant& last);

  const Load load_;
  const std::chrono::seconds pause_;
  TokenSigner& signer_;
  std::mutex mutex_;
  const domain::Clock now_;
  domain::Instant last_load_{}, last_search_{};
  std::atomic<bool> has_change_ = false;
};

}  // namespace hss::auth
