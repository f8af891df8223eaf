#include "domain/residences/residence_form.h"

#include <algorithm>
#include <utility>

#include "domain/reference.h"
#include "domain/validation/form_list.h"
#include "domain/validation/form_text.h"
#include "domain/validation/phone.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_name_length = 80;
constexpr std::size_t max_suburb_length = 80;

std::string text_or_nothing(const std::string& name, const Field<std::string>& field,
                            std::size_t at_most, ValidationErrors& errors) {
  return changed_text(name, field, {.at_most = at_most}, errors).value_or("");
}

std::string id_or_nothing(const std::string& name, const Field<std::string>& field,
                          ValidationErrors& errors) {
  if (field.is_absent()) return {};
  const auto id = field.value() ? parse_reference(*field.value(), residence_prefix) : std::nullopt;
  if (!id) errors.add(name + " must be that of a residence, or left out for a new one");
  return id.value_or("");
}

Residence checked_residence(const std::string& where, const ResidenceForm& form,
                            ValidationErrors& errors) {
  Residence residence{
      .id = id_or_nothing(where + ".id", form.id, errors),
      .name = required_text(where + ".name", form.name, {.at_most = max_name_length}, errors),
      .suburb = text_or_nothing(where + ".suburb", form.suburb, max_suburb_length, errors),
      .closes_on = optional_date(where + ".closes_on", form.closes_on, errors),
      .reopens_on = optional_date(where + ".reopens_on", form.reopens_on, errors)};
  for (std::size_t i = 0; i < residence_texts.size(); ++i) {
    const ResidenceText& text = residence_texts[i];
    residence.*text.value = text_or_nothing(where + "." + std::string(text.name), form.texts[i],
                                            text.max_length, errors);
  }
  if (!residence.caretaker_phone.empty() && !is_phone(residence.caretaker_phone)) {
    errors.add(where + ".caretaker_phone must be a telephone number");
  }
  if (!residence.closes_on.empty() && !residence.reopens_on.empty() &&
      residence.reopens_on <= residence.closes_on) {
    errors.add(where + ".reopens_on must be after closes_on");
  }
  return residence;
}

/// Names each text that several residences have, once. What an error has emptied is the same as
/// nothing else.
void require_each_once(const char* what, std::vector<std::string> texts, ValidationErrors& errors) {
  std::sort(texts.begin(), texts.end());
  for (auto at = texts.begin(); at != texts.end();) {
    const auto next = std::upper_bound(at, texts.end(), *at);
    if (next - at > 1 && !at->empty()) {
      errors.add(std::string("residences must have the ") + what + " '" + *at + "' once");
    }
    at = next;
  }
}

}  // namespace

std::vector<Residence> validate(const Field<std::vector<Field<ResidenceForm>>>& forms) {
  ValidationErrors errors;
  std::vector<Residence> residences;
  std::vector<std::string> names, ids;
  if (forms.is_absent()) errors.add("residences is required");
  each_entry("residences", forms, max_residences, errors,
             [&](const std::string& where, const ResidenceForm& form) {
               residences.push_back(checked_residence(where, form, errors));
               names.push_back(residences.back().name);
               ids.push_back(residences.back().id);
             });
  require_each_once("name", std::move(names), errors);
  require_each_once("id", std::move(ids), errors);
  errors.throw_if_any("The residences have faults");
  std::sort(residences.begin(), residences.end(),
            [](const Residence& one, const Residence& other) { return one.name < other.name; });
  return residences;
}

}  // namespace hss::domain
