#pragma once

#include <string>
#include <vector>

#include "domain/catalog/catalog.h"
#include "domain/validation/field.h"

namespace hss::domain {

struct CatalogItemForm {
  Field<std::string> type, label, icon;
  Field<double> monthly_price;  ///< rand
  Field<bool> offered;
};

struct ExtraChargeForm {
  Field<std::string> name;
  Field<double> amount;  ///< rand
};

/// An unchecked catalogue. An entry of a list is a wrong type if it is no object.
struct CatalogForm {
  Field<std::vector<Field<CatalogItemForm>>> items;
  Field<double> handling_fee;  ///< rand
  Field<std::vector<Field<ExtraChargeForm>>> extra_charges;
};

/// Returns the checked catalogue. An item is offered, and has the icon `other`, unless it says
/// otherwise. Throws Error{validation_error} with every error.
Catalog validate(const CatalogForm& form);

}  // namespace hss::domain
