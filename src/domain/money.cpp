#include "domain/money.h"

namespace hss::domain {

std::string in_rand(Money amount) {
  std::string text = std::to_string(amount.cents / 100);
  if (const auto cents = amount.cents % 100; cents != 0) {
    text += (cents < 10 ? ".0" : ".") + std::to_string(cents);
  }
  return text;
}

}  // namespace hss::domain
