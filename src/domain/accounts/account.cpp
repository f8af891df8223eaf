#include "domain/accounts/account.h"

#include <algorithm>

#include "domain/validation/text.h"
#include "domain/validation/unicode.h"

namespace hss::domain {
namespace {

constexpr std::size_t pin_length = 6;
constexpr std::chrono::seconds max_lock(15 * 60);

bool is_run(std::string_view digits, int step) {
  for (std::size_t i = 1; i < digits.size(); ++i) {
    if (digits[i] - digits[i - 1] != step) return false;
  }
  return true;
}

}  // namespace

std::string password_error(std::string_view typed, std::string_view email, std::string_view name) {
  const std::string password = to_nfc(typed);
  const auto length = character_count(password);
  if (length < static_cast<std::size_t>(min_password_length)) {
    return "password must be at least " + std::to_string(min_password_length) + " characters";
  }
  if (length > static_cast<std::size_t>(max_password_length)) {
    return "password must be at most " + std::to_string(max_password_length) + " characters";
  }
  // Folded so that an address or a name is the same whatever its capitals and the spelling of its
  // accents.
  const auto folded = to_folded(password);
  if (folded == to_folded(email) || folded == to_folded(name)) {
    return "password must not be your name or e-mail";
  }
  if (password.find_first_not_of(password.front()) == password.npos) {
    return "password must not be one character again and again";
  }
  return "";
}

std::string pin_error(std::string_view pin) {
  const bool is_digits =
      pin.size() == pin_length &&
      std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_digits) return "pin must be 6 digits";
  if (is_run(pin, 0) || is_run(pin, 1) || is_run(pin, -1)) {
    return "pin must not be one digit again and again, nor a run such as 123456";
  }
  return "";
}

std::chrono::seconds pin_lock(int failures) {
  constexpr int free_tries = 4;
  constexpr std::chrono::seconds first(30);
  if (failures <= free_tries) return std::chrono::seconds(0);
  std::chrono::seconds lock = first;
  for (int i = free_tries + 1; i < failures && lock < max_lock; ++i) lock *= 2;
  return std::min(lock, max_lock);
}

std::chrono::seconds pin_lock_on_all(int failures) {
  constexpr int free_tries = 49;
  return failures <= free_tries ? std::chrono::seconds(0) : max_lock;
}

}  // namespace hss::domain
