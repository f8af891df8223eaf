#pragma once

#include <array>
#include <string>
#include <string_view>

#include "domain/money.h"

namespace hss::domain {

/// The payment for one booking. Cannot be changed or taken back once recorded.
struct Payment {
  std::string reference;  ///< `PAY-` and ten characters of Crockford base 32
  std::string method;     ///< as returned by parse_payment_method
  Money amount;           ///< the booking's total
  std::string created_at;
};

/// The ways of paying that a business can offer.
inline constexpr std::array<std::string_view, 3> all_payment_methods{"card", "eft", "cash"};

/// Returns `card`, `eft`, `cash` or `saved card ending in NNNN`, written in any case, as it is
/// stored (lower case). Empty text is `card`. Throws Error{validation_error} for anything else.
std::string parse_payment_method(std::string_view text);

}  // namespace hss::domain
