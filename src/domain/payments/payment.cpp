#include "domain/payments/payment.h"

#include <algorithm>

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::domain {

std::string parse_payment_method(std::string_view text) {
  constexpr std::string_view saved_card = "saved card ending in ";
  const std::string method = to_lower(trim(text));
  if (method.empty()) return "card";
  if (method == "card" || method == "eft" || method == "cash") return method;
  if (method.size() == saved_card.size() + 4 && method.starts_with(saved_card) &&
      std::all_of(method.begin() + saved_card.size(), method.end(),
                  [](char c) { return c >= '0' && c <= '9'; })) {
    return method;
  }
  throw Error(ErrorCode::validation_error, "The payment has faults",
              {"method must be one of ['card', 'eft', 'cash', 'saved card ending in NNNN']"});
}

}  // namespace hss::domain
