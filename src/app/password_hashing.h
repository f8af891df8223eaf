#pragma once

#include "domain/accounts/password_hashing.h"

namespace hss::app {

/// Hashes with scrypt (crypto/password.h).
domain::PasswordHashing scrypt_hashing();

}  // namespace hss::app
