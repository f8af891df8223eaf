#pragma once

#include <string>
#include <string_view>

#include "domain/reference.h"

namespace hss::auth {

/// What is behind a one-time link or a device mark: 32 random bytes in base64url, and the SHA-256
/// in hexadecimal that is kept.
struct Secret {
  std::string text;
  std::string hash;
};

Secret new_secret(const domain::RandomBytes& random);
std::string hash_of_secret(std::string_view text);

}  // namespace hss::auth
