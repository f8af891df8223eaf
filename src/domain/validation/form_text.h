#pragma once

#include <string>
#include <string_view>

#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// As text that a person typed is kept and compared: trimmed, in normal form C.
std::string normal_text(std::string_view typed);

/// Members of a form that must be there. Each gives the text as normal_text() does (empty where it
/// is missing) and adds to the faults what is wrong with it, beginning with the member's name.

std::string required_text(const std::string& name, const Field<std::string>& field,
                          const ValidationErrors::Bounds& bounds, ValidationErrors& errors);

/// As normal_email() has it; the member is `email`.
std::string required_email(const Field<std::string>& field, ValidationErrors& errors);
/// The same of somebody who signs in: an account of an earlier version may have an address that no
/// mail can be sent to.
std::string email_of_login(const Field<std::string>& field, ValidationErrors& errors);

/// As it was typed, not trimmed: a password, PIN or the like, of any length.
std::string required_secret(const std::string& name, const Field<std::string>& field,
                            ValidationErrors& errors);

}  // namespace hss::domain
