#include "domain/validation/phone.h"

#include <algorithm>
#include <utility>

namespace hss::domain {
namespace {

constexpr std::string_view country = "27";
constexpr std::size_t national_size = 9;  // digits behind the 0 that South Africans dial first

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

/// Removes the 0 that some keep behind the country's code.
std::string without_trunk_zero(std::string digits) {
  if (digits.starts_with(country) && digits.size() == country.size() + 1 + national_size &&
      digits[country.size()] == '0') {
    digits.erase(country.size(), 1);
  }
  return digits;
}

}  // namespace

bool is_phone(std::string_view text) {
  constexpr std::string_view digits = "0123456789", between = " .-/()";
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto is_digit = [&](char c) { return digits.find(c) != digits.npos; };
  const auto count = std::count_if(text.begin(), text.end(), is_digit);
  return count >= 7 && count <= 15 && std::all_of(text.begin(), text.end(), [&](char c) {
           return is_digit(c) || between.find(c) != between.npos;
         });
}

std::string to_e164(std::string_view phone) {
  constexpr std::size_t least = 8, most = 15;
  std::string text(phone);
  if (const auto trunk = text.find("(0)"); trunk != text.npos && trunk > 0) text.erase(trunk, 3);
  std::string digits = digits_of(text);
  const bool is_international = text.starts_with('+') || digits.starts_with("00");
  if (digits.starts_with("00")) digits.erase(0, 2);
  if (!is_international && digits.size() == 1 + national_size && digits.starts_with('0')) {
    digits.replace(0, 1, country);
  } else if (!is_international &&
             !(digits.starts_with(country) && digits.size() == country.size() + national_size)) {
    return {};
  }
  digits = without_trunk_zero(std::move(digits));
  if (digits.size() < least || digits.size() > most || digits.starts_with('0')) return {};
  if (digits.starts_with(country) && digits.size() != country.size() + national_size) return {};
  return "+" + digits;
}

}  // namespace hss::domain
