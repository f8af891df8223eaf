#include "commands/password_hashing.h"

#include "crypto/password.h"

namespace hss::commands {

domain::PasswordHashing scrypt_hashing() {
  return {.hash = crypto::hash_password,
          .check = [](std::string_view password, std::string_view hash) {
            switch (crypto::check_password(password, hash)) {
              case crypto::PasswordCheck::right:
                return domain::PasswordFit::right;
              case crypto::PasswordCheck::right_but_outdated:
                return domain::PasswordFit::right_but_outdated;
              case crypto::PasswordCheck::wrong:
                break;
            }
            return domain::PasswordFit::wrong;
          }};
}

}  // namespace hss::commands
