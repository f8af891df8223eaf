#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hss::domain {

enum class PasswordFit {
  wrong,
  right,
  right_but_outdated,  ///< hashed at another cost than today's: hash it again
};

/// Hashes and checks passwords and PINs. Slow on purpose, so never called inside a unit of work.
/// Thread-safe.
struct PasswordHashing {
  std::function<std::string(std::string_view password)> hash;
  /// Takes the same time for an empty hash, which no password fits.
  std::function<PasswordFit(std::string_view password, std::string_view hash)> check;
};

}  // namespace hss::domain
