#pragma once

#include <array>
#include <string>
#include <vector>

#include "domain/residences/residence.h"
#include "domain/validation/field.h"

namespace hss::domain {

/// An unchecked residence.
struct ResidenceForm {
  Field<std::string> id, name, suburb, closes_on, reopens_on;
  std::array<Field<std::string>, residence_texts.size()> texts;  ///< in the order of the table
};

/// Returns the checked residences, texts trimmed, in the order of their names. An entry is a wrong
/// type if it is no object. Throws Error{validation_error} with every error.
std::vector<Residence> validate(const Field<std::vector<Field<ResidenceForm>>>& forms);

}  // namespace hss::domain
