#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// Returns text as it is stored and compared: trimmed, in normal form C.
std::string normal_text(std::string_view typed);

/// A member that may be absent (none) or empty, likewise.
std::optional<std::string> changed_text(const std::string& name, const Field<std::string>& field,
                                        const ValidationErrors::Bounds& bounds,
                                        ValidationErrors& errors);

/// A member that may be absent (empty) and else is a date as YYYY-MM-DD; empty with an error, too.
std::string optional_date(const std::string& name, const Field<std::string>& field,
                          ValidationErrors& errors);

/// Required members of a form. Each returns the text as normal_text() does (empty if it is missing)
/// and adds its errors, which begin with the member's name.

std::string required_text(const std::string& name, const Field<std::string>& field,
                          const ValidationErrors::Bounds& bounds, ValidationErrors& errors);

/// Normalises as normal_email() does; the member is `email`.
std::string required_email(const Field<std::string>& field, ValidationErrors& errors);
/// The same for signing in: an account of an earlier version may have an address that cannot
/// receive mail.
std::string email_of_login(const Field<std::string>& field, ValidationErrors& errors);

/// Returns the text as it was typed, not trimmed: a password, PIN or the like, of any length.
std::string required_secret(const std::string& name, const Field<std::string>& field,
                            ValidationErrors& errors);

}  // namespace hss::domain
