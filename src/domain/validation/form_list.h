#pragma once

#include <string>
#include <vector>

#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// Calls `add(where, form)` for each entry of the list that is an object; `where` is the list's
/// name with the entry's number, from 1. The others are errors, as a list that is too long is.
template <class Form, class Add>
void each_entry(const std::string& name, const Field<std::vector<Field<Form>>>& field,
                std::size_t at_most, ValidationErrors& errors, const Add& add) {
  if (field.is_absent()) return;
  if (field.is_wrong_type()) {
    errors.add(name + " must be a list");
  } else if (field.value()->size() > at_most) {
    errors.add(name + " must contain at most " + std::to_string(at_most) + " entries");
  } else {
    std::size_t place = 0;
    for (const Field<Form>& entry : *field.value()) {
      const std::string where = name + "[" + std::to_string(++place) + "]";
      if (entry.value()) {
        add(where, *entry.value());
      } else {
        errors.add(where + " must be an object");
      }
    }
  }
}

}  // namespace hss::domain
