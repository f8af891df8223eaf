#include "domain/bookings/contact.h"

#include "domain/validation/form_text.h"
#include "domain/validation/phone.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_phone_length = 40;
constexpr std::size_t max_notes_length = 500;

std::optional<std::string> changed_phone(const std::string& name, const Field<std::string>& field,
                                         ValidationErrors& errors) {
  auto phone = changed_text(name, field, {.at_most = max_phone_length}, errors);
  if (phone && !phone->empty() && !is_phone(*phone)) {
    errors.add(name + " must be a telephone number");
  }
  return phone;
}

}  // namespace

Contact ContactChange::applied_to(Contact contact) const {
  if (phone) contact.phone = *phone;
  if (whatsapp) contact.whatsapp = *whatsapp;
  if (access_notes) contact.access_notes = *access_notes;
  return contact;
}

ContactChange validate(const ContactForm& form, ValidationErrors& errors) {
  return {
      .phone = changed_phone("phone", form.phone, errors),
      .whatsapp = changed_phone("whatsapp", form.whatsapp, errors),
      .access_notes = changed_text("access_notes", form.access_notes,
                                   {.at_most = max_notes_length, .may_break_lines = true}, errors)};
}

}  // namespace hss::domain
