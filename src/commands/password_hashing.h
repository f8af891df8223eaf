#pragma once

#include "domain/password_hashing.h"

namespace hss::commands {

/// By scrypt (crypto/password.h).
domain::PasswordHashing scrypt_hashing();

}  // namespace hss::commands
