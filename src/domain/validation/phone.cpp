#include "domain/validation/phone.h"

#include <algorithm>

namespace hss::domain {

bool is_phone(std::string_view text) {
  constexpr std::string_view digits = "0123456789", between = " .-/()";
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto is_digit = [&](char c) { return digits.find(c) != digits.npos; };
  const auto count = std::count_if(text.begin(), text.end(), is_digit);
  return count >= 7 && count <= 15 && std::all_of(text.begin(), text.end(), [&](char c) {
           return is_digit(c) || between.find(c) != between.npos;
         });
}

}  // namespace hss::domain
