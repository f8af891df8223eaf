#include "app/password_hashing.h"

#include "crypto/password.h"
#include "domain/validation/unicode.h"

namespace hss::app {
namespace {

domain::PasswordFit fit_of(crypto::PasswordCheck check) {
  switch (check) {
    case crypto::PasswordCheck::right:
      return domain::PasswordFit::right;
    case crypto::PasswordCheck::right_but_outdated:
      return domain::PasswordFit::right_but_outdated;
    case crypto::PasswordCheck::wrong:
      break;
  }
  return domain::PasswordFit::wrong;
}

}  // namespace

domain::PasswordHashing scrypt_hashing() {
  return {
      .hash =
          [](std::string_view password) { return crypto::hash_password(domain::to_nfc(password)); },
      .check =
          [](std::string_view password, std::string_view hash) {
            const std::string normal = domain::to_nfc(password);
            const auto fit = fit_of(crypto::check_password(normal, hash));
            if (fit != domain::PasswordFit::wrong || normal == password) return fit;
            // Up to version 6 the hash was of the text as the keyboard sent it.
            return fit_of(crypto::check_password(password, hash)) == domain::PasswordFit::wrong
                       ? domain::PasswordFit::wrong
                       : domain::PasswordFit::right_but_outdated;
          }};
}

}  // namespace hss::app
