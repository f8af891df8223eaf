#pragma once

#include <optional>
#include <string>

#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// How staff reach a customer and get to the door. Empty: not told.
struct Contact {
  std::string phone;  ///< as typed; to_e164() has it for machines
  std::string whatsapp;
  std::string access_notes;  ///< the gate's code, whom to ask for

  bool operator==(const Contact&) const = default;
};

/// An unchecked contact.
struct ContactForm {
  Field<std::string> phone, whatsapp, access_notes;
};

/// Checked texts, trimmed; those that are none stay as they are.
struct ContactChange {
  std::optional<std::string> phone, whatsapp, access_notes;

  Contact applied_to(Contact contact) const;
};

/// Adds the errors of the members that are present.
ContactChange validate(const ContactForm& form, ValidationErrors& errors);

}  // namespace hss::domain
