#include "domain/business/business_form.h"

#include <algorithm>
#include <cmath>

#include "domain/payments/payment.h"
#include "domain/validation/form_text.h"
#include "domain/validation/phone.h"
#include "domain/validation/text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

using Kind = BusinessText::Kind;

/// Far above what anybody insures a student's belongings for.
constexpr double max_liability_cap = 1e9;

std::optional<std::string> changed(const BusinessText& member, const Field<std::string>& field,
                                   ValidationErrors& errors) {
  const std::string name(member.name);
  auto text =
      changed_text(name, field,
                   {.at_most = member.max_length,
                    .may_break_lines = member.kind == Kind::lines || member.kind == Kind::document},
                   errors);
  if (!text) return text;
  if (text->empty() && member.value == &Business::name) errors.add("name is required");
  if (text->empty()) return text;
  if (member.kind == Kind::phone && !is_phone(*text)) {
    errors.add(name + " must be a telephone number");
  }
  if (member.kind == Kind::email) {
    text = normal_email(*text);
    if (!is_email(*text)) errors.add(name + " is invalid");
  }
  return text;
}

std::optional<std::optional<Money>> changed_cap(const Field<std::optional<double>>& field,
                                                ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  if (field.is_wrong_type()) {
    errors.add("liability_cap must be a number");
    return std::nullopt;
  }
  const std::optional<double> rand = *field.value();
  if (!rand) return std::optional<Money>();
  if (!(*rand >= 0 && *rand <= max_liability_cap)) {
    errors.add("liability_cap must be an amount in rand");
    return std::nullopt;
  }
  return Money{std::llround(*rand * 100)};
}

std::string one_of_methods() {
  std::string methods;
  for (const std::string_view method : all_payment_methods) {
    if (!methods.empty()) methods += ", ";
    methods.append("'").append(method).append("'");
  }
  return " must be one of [" + methods + "]";
}

std::optional<std::vector<std::string>> changed_methods(
    const Field<std::vector<Field<std::string>>>& field, ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  if (field.is_wrong_type()) {
    errors.add("payment_methods must be a list");
    return std::nullopt;
  }
  const auto& given = *field.value();
  if (given.empty()) errors.add("payment_methods must contain at least one entry");
  const auto names = [&](std::string_view method) {
    return std::any_of(given.begin(), given.end(), [&](const Field<std::string>& each) {
      return each.value() && *each.value() == method;
    });
  };
  std::vector<std::string> offered;
  for (const std::string_view method : all_payment_methods) {
    if (names(method)) offered.emplace_back(method);
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string* method = given[i].value();
    const auto end = all_payment_methods.end();
    if (method == nullptr || std::find(all_payment_methods.begin(), end, *method) == end) {
      errors.add("payment_methods[" + std::to_string(i + 1) + "]" + one_of_methods());
    }
  }
  return offered;
}

}  // namespace

BusinessChange validate(const BusinessForm& form) {
  ValidationErrors errors;
  BusinessChange change;
  for (std::size_t i = 0; i < business_texts.size(); ++i) {
    change.texts[i] = changed(business_texts[i], form.texts[i], errors);
  }
  if (form.terms_is_wrong_type) errors.add("terms must be an object");
  change.terms_text =
      changed_text("terms.text", form.terms_text,
                   {.at_most = max_document_length, .may_break_lines = true}, errors);
  change.liability_cap = changed_cap(form.liability_cap, errors);
  change.payment_methods = changed_methods(form.payment_methods, errors);
  errors.throw_if_any("The business has faults");
  return change;
}

}  // namespace hss::domain
