#include "domain/bookings/booking_form.h"

#include <cmath>
#include <string_view>
#include <utility>

#include "domain/bookings/stop_address.h"
#include "domain/clock.h"
#include "domain/uploads/upload.h"
#include "domain/validation/form_list.h"
#include "domain/validation/form_text.h"
#include "domain/validation/text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_items = 200;
constexpr int max_item_id = 1'000'000'000;
constexpr std::size_t max_key_length = 512;
/// Far above any real amount, and far below the size at which cents stop fitting a double.
constexpr double max_amount = 1e12;

using Bounds = ValidationErrors::Bounds;
constexpr Bounds of_address{.at_most = 500, .may_break_lines = true};

/// `text` is the value as stored.
std::optional<std::string> optional_text(const std::string& name, const Field<std::string>& field,
                                         std::string text, const Bounds& bounds,
                                         ValidationErrors& errors) {
  if (field.is_wrong_type()) errors.add(name + " must be a string");
  if (text.empty()) return std::nullopt;
  errors.check_text(name, text, bounds);
  return text;
}

std::string typed(const Field<std::string>& field) {
  return field.value() ? *field.value() : std::string();
}

void check_date(const std::string& name, const std::string& date, ValidationErrors& errors) {
  if (date.empty() || is_calendar_date(date)) return;
  errors.add(name + " must be a calendar date as YYYY-MM-DD");
}

std::string pickup_date(const Field<std::string>& field, ValidationErrors& errors) {
  std::string date = required_text("pickup_date", field, {.at_most = 40}, errors);
  check_date("pickup_date", date, errors);
  return date;
}

std::vector<std::string> photos(const std::string& where,
                                const Field<std::vector<Field<std::string>>>& field,
                                ValidationErrors& errors) {
  if (field.is_absent()) return {};
  if (field.is_wrong_type()) {
    errors.add(where + " must be a list");
    return {};
  }
  std::vector<std::string> keys;
  for (const Field<std::string>& each : *field.value()) {
    const std::string key(trim(typed(each)));
    const std::string name = where + "[" + std::to_string(keys.size() + 1) + "]";
    if (!each.value())
      errors.add(name + " must be a string");
    else
      errors.check_text(name, key, {.at_most = max_key_length});
    keys.push_back(key);
  }
  if (keys.size() > max_photos_of_item) {
    errors.add(where + " must contain at most " + std::to_string(max_photos_of_item) + " entries");
  }
  return keys;
}

/// The item of any type.
Item described_item(const std::string& where, const ItemForm& form, ValidationErrors& errors) {
  Item item{
      .type = typed(form.type),
      .name = optional_text(where + ".name", form.name, normal_text(typed(form.name)),
                            {.at_most = 80}, errors),
      // The object is named by its bytes.
      .s3_key = optional_text(where + ".s3Key", form.s3_key, std::string(trim(typed(form.s3_key))),
                              {.at_most = max_key_length}, errors)};
  item.photos = photos(where + ".photos", form.photos, errors);
  return item;
}

Item item(const std::string& where, const ItemForm& form, const Catalog* catalog,
          ValidationErrors& errors) {
  const bool may_be =
      form.type.value() && (catalog == nullptr || catalog->find_offered(*form.type.value()));
  if (!may_be) errors.add(type_error(where, catalog ? *catalog : Catalog()));
  return described_item(where, form, errors);
}

/// Without a catalogue, any text is a type.
std::vector<Item> items(const Field<std::vector<Field<ItemForm>>>& field, const Catalog* catalog,
                        ValidationErrors& errors) {
  std::vector<Item> items;
  if (field.is_absent()) {
    errors.add("items is required");
  } else if (field.is_wrong_type()) {
    errors.add("items must be a list");
  } else if (field.value()->empty()) {
    errors.add("items must contain at least one entry");
  } else if (field.value()->size() > max_items) {
    errors.add("items must contain at most " + std::to_string(max_items) + " entries");
  } else {
    items.reserve(field.value()->size());
    for (const Field<ItemForm>& form : *field.value()) {
      const std::string where = "items[" + std::to_string(items.size() + 1) + "]";
      if (!form.value()) errors.add(where + " must be an object");
      items.push_back(form.value() ? item(where, *form.value(), catalog, errors) : Item{});
    }
  }
  return items;
}

/// Of an item that stays, the name alone may be another one.
WantedItem staying_item(const std::string& where, const ItemForm& form, ValidationErrors& errors) {
  WantedItem wanted;
  const double* id = form.id.value();
  if (id == nullptr || *id < 1 || *id > max_item_id || *id != std::floor(*id)) {
    errors.add(where + ".id must be the id of an item");
  } else {
    wanted.id = static_cast<int>(*id);
  }
  if (form.type.is_wrong_type()) errors.add(where + ".type must be a string");
  wanted.item.type = typed(form.type);
  wanted.new_name = changed_text(where + ".name", form.name, {.at_most = 80}, errors);
  if (!form.s3_key.is_absent()) errors.add(where + ".s3Key may be given for a new item alone");
  if (!form.photos.is_absent()) errors.add(where + ".photos may be given for a new item alone");
  return wanted;
}

/// Which types are offered, changed_items() says.
WantedItem wanted_item(const std::string& where, const ItemForm& form, ValidationErrors& errors) {
  if (!form.id.is_absent()) return staying_item(where, form, errors);
  if (form.type.is_absent()) {
    errors.add(where + ".type is required for a new item");
  } else if (form.type.is_wrong_type()) {
    errors.add(where + ".type must be a string");
  }
  return {.item = described_item(where, form, errors)};
}

std::optional<std::vector<WantedItem>> wanted_items(
    const Field<std::vector<Field<ItemForm>>>& field, ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  std::vector<WantedItem> wanted;
  each_entry("items", field, max_items, errors,
             [&](const std::string& where, const ItemForm& form) {
               wanted.push_back(wanted_item(where, form, errors));
             });
  if (field.value() && field.value()->empty()) {
    errors.add("items must contain at least one entry");
  }
  return wanted;
}

int months(const std::string& name, const Field<double>& field, ValidationErrors& errors) {
  if (field.is_absent()) {
    errors.add(name + " is required");
  } else if (field.is_wrong_type()) {
    errors.add(name + " must be a number");
  } else if (*field.value() < min_months) {
    errors.add(name + " must be >= " + std::to_string(min_months));
  } else if (*field.value() > max_months) {
    errors.add(name + " must be <= " + std::to_string(max_months));
  } else if (*field.value() != std::floor(*field.value())) {
    errors.add(name + " must be a whole number");
  } else {
    return static_cast<int>(*field.value());
  }
  return min_months;
}

int duration(const BookingForm& form, ValidationErrors& errors) {
  if (form.pricing_is_wrong_type) {
    errors.add("pricing must be an object");
    return min_months;
  }
  if (form.duration.is_absent() && !form.duration_months.is_absent()) {
    return months("duration_months", form.duration_months, errors);
  }
  const int duration = months("pricing.duration", form.duration, errors);
  if (!form.duration_months.is_absent() && form.duration.value() &&
      (!form.duration_months.value() || *form.duration_months.value() != *form.duration.value())) {
    errors.add("duration_months must be the same as pricing.duration");
  }
  return duration;
}

bool yes_or_no(const std::string& name, const Field<bool>& field, ValidationErrors& errors) {
  if (field.is_wrong_type()) errors.add(name + " must be true or false");
  return field.value() && *field.value();
}

int terms_version(const Field<double>& field, ValidationErrors& errors) {
  constexpr double most = 1e9;
  if (field.is_absent()) return 0;
  const double version = field.value() ? *field.value() : 0;
  if (version >= 1 && version <= most && version == std::floor(version)) {
    return static_cast<int>(version);
  }
  errors.add("terms_version must be the version of the terms, a whole number from 1 on");
  return 0;
}

PickupMethod pickup_method(const Field<std::string>& field, ValidationErrors& errors) {
  if (field.is_absent()) return PickupMethod::collect;
  const auto method = field.value() ? find_pickup_method(*field.value()) : std::nullopt;
  if (!method) errors.add("pickup_method must be one of ['collect', 'brought']");
  return method.value_or(PickupMethod::collect);
}

std::string email(const BookingForm& form, Booker booker, ValidationErrors& errors) {
  const bool has_phone = !normal_text(typed(form.contact.phone)).empty();
  const bool is_left_out = !form.email.is_wrong_type() && normal_text(typed(form.email)).empty();
  if (booker == Booker::staff && has_phone && is_left_out) return {};
  return required_email(form.email, errors);
}

std::string pickup_window(const BookingForm& form, PickupMethod method, ValidationErrors& errors) {
  if (method == PickupMethod::brought && form.pickup_window.is_absent()) {
    return std::string(store_window);
  }
  return required_text("pickup_window", form.pickup_window, {.at_most = 40}, errors);
}

/// Needed unless the things were brought, or the server is to write it.
std::string address(const BookingForm& form, PickupMethod method, ValidationErrors& errors) {
  if (method == PickupMethod::brought) {
    return changed_text("address", form.address, of_address, errors).value_or("");
  }
  if (form.address.is_absent() && !form.residence_id.is_absent()) return {};
  return required_text("address", form.address, of_address, errors);
}

/// A member that must not be empty where it is present.
std::optional<std::string> replaced_text(const std::string& name, const Field<std::string>& field,
                                         const Bounds& bounds, ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  return required_text(name, field, bounds, errors);
}

std::optional<ReturnMethod> return_method(const Field<std::string>& field,
                                          ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  const auto method = field.value() ? find_return_method(*field.value()) : std::nullopt;
  if (!method) errors.add("return_method must be one of ['deliver', 'collect_at_store']");
  return method;
}

std::optional<double> stated_amount(const std::string& name, const Field<double>& field,
                                    ValidationErrors& errors) {
  if (field.is_absent()) return std::nullopt;
  if (field.is_wrong_type()) {
    errors.add(name + " must be a number");
    return std::nullopt;
  }
  const double amount = *field.value();
  if (!(std::abs(amount) <= max_amount)) {
    errors.add(name + " must be an amount in rand");
    return std::nullopt;
  }
  return amount;
}

BookingDraft draft_of(const BookingForm& form, const Catalog* catalog, Booker booker,
                      ValidationErrors& errors) {
  const PickupMethod method = pickup_method(form.pickup_method, errors);
  BookingDraft draft{
      .customer_name = required_text("customer_name", form.customer_name,
                                     {.at_least = 2, .at_most = 120}, errors),
      .email = email(form, booker, errors),
      .pickup_date = pickup_date(form.pickup_date, errors),
      .pickup_window = pickup_window(form, method, errors),
      .address = address(form, method, errors),
      .items = items(form.items, catalog, errors),
      .duration_months = duration(form, errors),
      .override = yes_or_no("override", form.override, errors),
      .stated_monthly_subtotal =
          stated_amount("pricing.monthlySubtotal", form.monthly_subtotal, errors),
      .stated_handling_fee = stated_amount("pricing.handlingFee", form.handling_fee, errors),
      .stated_total = stated_amount("pricing.total", form.total, errors),
      .contact = validate(form.contact, errors).applied_to({}),
      .terms_version = terms_version(form.terms_version, errors),
      .early_start = yes_or_no("early_start", form.early_start, errors),
      .pickup_method = method};
  const StopAddressChange at =
      validate_residence("", {form.address, form.residence_id, form.room}, errors);
  draft.residence_id = at.residence_id.value_or("");
  draft.room = at.room.value_or("");
  return draft;
}

}  // namespace

BookingDraft validate(const BookingForm& form, const std::function<Catalog()>& read_catalog,
                      Booker booker) {
  ValidationErrors errors;
  BookingDraft draft = draft_of(form, nullptr, booker, errors);
  if (errors.all().empty()) return draft;
  const Catalog catalog = read_catalog();
  ValidationErrors all;
  draft = draft_of(form, &catalog, booker, all);
  all.throw_if_any("The booking has faults");
  return draft;
}

BookingChange validate(const BookingChangeForm& form) {
  constexpr Bounds of_window{.at_most = 40};
  ValidationErrors errors;
  BookingChange change{
      .pickup_date = replaced_text("pickup_date", form.pickup_date, {.at_most = 40}, errors),
      .pickup_window = replaced_text("pickup_window", form.pickup_window, of_window, errors),
      .address = replaced_text("address", form.address, of_address, errors),
      .contact = validate(form.contact, errors),
      .items = wanted_items(form.items, errors),
      .duration_months = std::nullopt,
      .return_date = changed_text("return_date", form.return_date, {.at_most = 40}, errors),
      .return_window = changed_text("return_window", form.return_window, of_window, errors),
      .return_address = changed_text("return_address", form.return_address, of_address, errors),
      .return_method = return_method(form.return_method, errors),
      .expected_total = stated_amount("expected_total", form.expected_total, errors),
      .override = yes_or_no("override", form.override, errors)};
  StopAddressChange at =
      validate_residence("", {form.address, form.residence_id, form.room}, errors);
  change.residence_id = std::move(at.residence_id);
  change.room = std::move(at.room);
  at = validate_residence(
      "return_", {form.return_address, form.return_residence_id, form.return_room}, errors);
  change.return_residence_id = std::move(at.residence_id);
  change.return_room = std::move(at.room);
  check_date("pickup_date", change.pickup_date.value_or(""), errors);
  check_date("return_date", change.return_date.value_or(""), errors);
  if (!form.duration_months.is_absent()) {
    change.duration_months = months("duration_months", form.duration_months, errors);
  }
  errors.throw_if_any("The change has faults");
  return change;
}

QuoteRequest validate(const QuoteForm& form, const Catalog& catalog) {
  ValidationErrors errors;
  std::vector<Item> wanted = items(form.items, &catalog, errors);
  const int duration_months = months("duration_months", form.duration_months, errors);
  errors.throw_if_any("The quote request has faults");
  return {.items = with_todays_prices(catalog, std::move(wanted)),
          .duration_months = duration_months};
}

}  // namespace hss::domain
