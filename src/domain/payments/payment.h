#pragma once

#include <string>
#include <string_view>

#include "domain/money.h"

namespace hss::domain {

/// The money taken for one booking. Cannot be changed or taken back once recorded.
struct Payment {
  std::string reference;  ///< `PAY-` and ten characters of Crockford base 32
  std::string method;     ///< as parse_payment_method gives it
  Money amount;           ///< the booking's total
  std::string created_at;
};

/// `card`, `eft`, `cash` or `saved card ending in NNNN`, written in any case, as it is stored
/// (lower case). An empty text is `card`. Throws Error{validation_error} for anything else.
std::string parse_payment_method(std::string_view text);

}  // namespace hss::domain
