#include "auth/secret.h"

#include <array>
#include <cstdint>

#include "crypto/base64url.h"
#include "crypto/digest.h"

namespace hss::auth {

Secret new_secret(const domain::RandomBytes& random) {
  std::array<std::uint8_t, 32> bytes{};
  random(bytes);
  const std::string text =
      crypto::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return {.text = text, .hash = hash_of_secret(text)};
}

std::string hash_of_secret(std::string_view text) {
  return crypto::to_hex(crypto::sha256(text));
}

}  // namespace hss::auth
