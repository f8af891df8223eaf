#include "domain/validation/form_text.h"

#include "domain/clock.h"
#include "domain/validation/text.h"
#include "domain/validation/unicode.h"

namespace hss::domain {
namespace {

std::string checked_email(const Field<std::string>& field, bool (*is_good)(std::string_view),
                          ValidationErrors& errors) {
  std::string email = normal_email(required_text("email", field, {.at_most = 254}, errors));
  if (!email.empty() && !is_good(email)) errors.add("email is invalid");
  return email;
}

}  // namespace

std::string required_text(const std::string& name, const Field<std::string>& field,
                          const ValidationErrors::Bounds& bounds, ValidationErrors& errors) {
  if (field.is_wrong_type()) {
    errors.add(name + " must be a string");
    return {};
  }
  std::string text = normal_text(field.value() ? *field.value() : "");
  if (text.empty()) {
    errors.add(name + " is required");
  } else {
    errors.check_text(name, text, bounds);
  }
  return text;
}

std::optional<std::string> changed_text(const std::string& name, const Field<std::string>& field,
                                        const ValidationErrors::Bounds& bounds,
                                        ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  if (field.is_wrong_type()) {
    errors.add(name + " must be a string");
    return std::nullopt;
  }
  std::string text = normal_text(*field.value());
  if (!text.empty()) errors.check_text(name, text, bounds);
  return text;
}

std::string optional_date(const std::string& name, const Field<std::string>& field,
                          ValidationErrors& errors) {
  if (field.is_absent()) return {};
  if (field.value() == nullptr || !is_calendar_date(*field.value())) {
    errors.add(name + " must be a calendar date as YYYY-MM-DD");
    return {};
  }
  return *field.value();
}

std::string normal_text(std::string_view typed) {
  return to_nfc(trim(typed));
}

std::string required_email(const Field<std::string>& field, ValidationErrors& errors) {
  return checked_email(field, is_email, errors);
}

std::string email_of_login(const Field<std::string>& field, ValidationErrors& errors) {
  return checked_email(field, has_email_form, errors);
}

std::string required_secret(const std::string& name, const Field<std::string>& field,
                            ValidationErrors& errors) {
  if (field.is_wrong_type()) {
    errors.add(name + " must be a string");
  } else if (!field.value() || field.value()->empty()) {
    errors.add(name + " is required");
  }
  return field.value() ? *field.value() : std::string();
}

}  // namespace hss::domain
