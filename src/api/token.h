#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/principal.h"

namespace hss::api {

/// Signs and checks bearer tokens: JSON Web Tokens (RFC 7519) with HS256 and nothing else. The
/// algorithm is never taken from a token: one whose header is not ours, to the byte, is refused.
/// Thread-safe.
class TokenSigner {
 public:
  /// `key`: at least 32 random bytes.
  explicit TokenSigner(std::string key);

  /// `issued_at` and `expires_at`: seconds since 1970. `id` tells two tokens apart.
  std::string sign(const domain::Principal& principal, std::int64_t issued_at,
                   std::int64_t expires_at, std::string_view id) const;

  /// Whom the token names; empty where it is not one of ours or has expired.
  std::optional<domain::Principal> verify(std::string_view token, std::int64_t now) const;

 private:
  std::string key_;
};

}  // namespace hss::api
