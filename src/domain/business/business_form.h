#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/business/business.h"
#include "domain/validation/field.h"

namespace hss::domain {

/// An unchecked change of the business. Absent members stay as they are.
struct BusinessForm {
  std::array<Field<std::string>, business_texts.size()> texts;  ///< in the order of business_texts
  Field<std::string> terms_text;
  bool terms_is_wrong_type = false;            ///< `terms` is present, but no object
  Field<std::optional<double>> liability_cap;  ///< rand; none in it: there is no cap any more
  Field<std::vector<Field<std::string>>> payment_methods;
};

/// A checked change: text trimmed, e-mail in lower case.
struct BusinessChange {
  std::array<std::optional<std::string>, business_texts.size()> texts;
  std::optional<std::string> terms_text;
  std::optional<std::optional<Money>> liability_cap;
  std::optional<std::vector<std::string>> payment_methods;  ///< in the order of all_payment_methods
};

/// Throws Error{validation_error} whose details name every error at once. An empty text clears its
/// member; the name cannot be cleared.
BusinessChange validate(const BusinessForm& form);

}  // namespace hss::domain
