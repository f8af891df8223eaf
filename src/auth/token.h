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

/// The content of a token. Times are in seconds since 1970.
struct Claims {
  std::string subject;
  domain::Role role = domain::Role::customer;
  std::string id;  ///< distinguishes two tokens
  std::int64_t issued_at = 0;
  std::int64_t expires_at = 0;
};

/// Signs and checks bearer tokens: JSON Web Tokens (RFC 7519) with HS256 and nothing else. Never
/// takes the algorithm from a token: rejects one whose header is not ours, byte for byte.
/// Thread-safe.
class TokenSigner {
 public:
  static constexpr std::size_t min_key_length = 32;  ///< bytes

  /// Signs with the first key; accepts tokens that any of them signed.
  explicit TokenSigner(std::vector<std::string> keys);

  /// Takes effect at once; tokens of a key that is no longer among them are not accepted any more.
  void replace_keys(std::vector<std::string> keys);

  std::string sign(const Claims& claims) const;

  /// True if one of the keys signed this, whatever it says.
  bool has_signed(std::string_view token) const;

  /// Returns the token's content; empty if the token is not ours or has expired at `now`.
  std::optional<Claims> verify(std::string_view token, std::int64_t now) const;

 private:
  std::shared_ptr<const std::vector<std::string>> keys() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<std::string>> keys_;
};

}  // namespace hss::auth
