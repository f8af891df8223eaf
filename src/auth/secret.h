#pragma once

#include <string>
#include <string_view>

#include "domain/reference.h"

namespace hss::auth {

/// The secret of a one-time link, a trusted device or a ticket: 32 random bytes in base64url. Only
/// the SHA-256, in hexadecimal, is stored.
struct Secret {
  std::string text;
  std::string hash;
};

Secret new_secret(const domain::RandomBytes& random);
std::string hash_of_secret(std::string_view text);

}  // namespace hss::auth
