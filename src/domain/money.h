#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace hss::domain {

/// An amount in South African rand, kept in whole cents so that sums are exact.
struct Money {
  std::int64_t cents = 0;

  static constexpr Money rand(std::int64_t amount) { return {amount * 100}; }

  friend constexpr Money operator+(Money a, Money b) { return {a.cents + b.cents}; }
  friend constexpr Money operator*(Money a, int times) { return {a.cents * times}; }
  constexpr Money& operator+=(Money other) {
    cents += other.cents;
    return *this;
  }
  friend constexpr auto operator<=>(Money, Money) = default;
};

/// Of an amount that is not negative: 2180, 610.50.
std::string in_rand(Money amount);

}  // namespace hss::domain
