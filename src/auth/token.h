#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"

namespace hss::auth {

/// What a token says. Times are seconds since 1970.
struct Claims {
  std::string subject;
  domain::Role role = domain::Role::customer;
  std::string id;  ///< tells two tokens apart
  std::int64_t issued_at = 0;
  std::int64_t expires_at = 0;
};

/// Signs and checks bearer tokens: JSON Web Tokens (RFC 7519) with HS256 and nothing else. The
/// algorithm is never taken from a token: one whose header is not ours, to the byte, is refused.
/// Thread-safe.
class TokenSigner {
 public:
  static constexpr std::size_t min_key_length = 32;  ///< bytes

  /// The first key signs; what any of them signed is ours.
  explicit TokenSigner(std::vector<std::string> keys);

  /// From now on; tokens that only a key left out has signed are none of ours any more.
  void replace_keys(std::vector<std::string> keys);

  std::string sign(const Claims& claims) const;

  /// What the token says; empty where it is not one of ours or has expired at `now`.
  std::optional<Claims> verify(std::string_view token, std::int64_t now) const;

 private:
  std::shared_ptr<const std::vector<std::string>> keys() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<std::string>> keys_;
};

}  // namespace hss::auth
