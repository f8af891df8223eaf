#include "domain/form_text.h"

#include <string_view>

#include "domain/text.h"

namespace hss::domain {

std::string required_text(const std::string& name, const Given<std::string>& given,
                          const Faults::Bounds& bounds, Faults& faults) {
  if (given.is_wrong_type()) {
    faults.add(name + " must be a string");
    return {};
  }
  const std::string_view text = given.value() ? trim(*given.value()) : std::string_view{};
  if (text.empty()) {
    faults.add(name + " is required");
  } else {
    faults.check_text(name, text, bounds);
  }
  return std::string(text);
}

std::string required_email(const Given<std::string>& given, Faults& faults) {
  std::string email = to_lower(required_text("email", given, {.at_most = 254}, faults));
  if (!email.empty() && !is_email(email)) faults.add("email is invalid");
  return email;
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
