#include "domain/form_text.h"

#include "domain/text.h"
#include "domain/unicode.h"

namespace hss::domain {
namespace {

std::string checked_email(const Given<std::string>& given, bool (*is_good)(std::string_view),
                          Faults& faults) {
  std::string email = normal_email(required_text("email", given, {.at_most = 254}, faults));
  if (!email.empty() && !is_good(email)) faults.add("email is invalid");
  return email;
}

}  // namespace

std::string required_text(const std::string& name, const Given<std::string>& given,
                          const Faults::Bounds& bounds, Faults& faults) {
  if (given.is_wrong_type()) {
    faults.add(name + " must be a string");
    return {};
  }
  std::string text = normal_text(given.value() ? *given.value() : "");
  if (text.empty()) {
    faults.add(name + " is required");
  } else {
    faults.check_text(name, text, bounds);
  }
  return text;
}

std::string normal_text(std::string_view typed) {
  return to_nfc(trim(typed));
}

std::string required_email(const Given<std::string>& given, Faults& faults) {
  return checked_email(given, is_email, faults);
}

std::string email_of_login(const Given<std::string>& given, Faults& faults) {
  return checked_email(given, has_email_form, faults);
}

std::string required_secret(const std::string& name, const Given<std::string>& given,
                            Faults& faults) {
  if (given.is_wrong_type()) {
    faults.add(name + " must be a string");
  } else if (!given.value() || given.value()->empty()) {
    faults.add(name + " is required");
  }
  return given.value() ? *given.value() : std::string();
}

}  // namespace hss::domain
