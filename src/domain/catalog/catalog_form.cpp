#include "domain/catalog/catalog_form.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "domain/validation/form_list.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_catalog_items = 100;
constexpr std::size_t max_extra_charges = 30;
constexpr std::size_t max_label_length = 40;
constexpr std::size_t max_charge_name_length = 60;
/// In rand: far above what anybody asks for a thing, and 200 of them a year fit a sum of cents.
constexpr int max_price = 100'000;

/// An amount in rand, with at most two decimals.
Money required_amount(const std::string& name, const Field<double>& field,
                      ValidationErrors& errors) {
  if (field.is_absent()) {
    errors.add(name + " is required");
    return {};
  }
  const double* rand = field.value();
  if (rand == nullptr) {
    errors.add(name + " must be a number");
    return {};
  }
  constexpr double next_to_nothing = 1e-6;
  const double cents = *rand * 100;
  if (!(*rand >= 0 && *rand <= max_price) ||
      std::abs(cents - std::round(cents)) > next_to_nothing) {
    errors.add(name + " must be an amount in rand from 0 to " + std::to_string(max_price) +
               ", with at most two decimals");
    return {};
  }
  return {std::llround(cents)};
}

std::string checked_icon(const std::string& where, const Field<std::string>& field,
                         ValidationErrors& errors) {
  if (field.is_absent()) return std::string(other_type);
  const std::string icon = field.value() ? *field.value() : std::string();
  if (std::find(all_item_icons.begin(), all_item_icons.end(), icon) == all_item_icons.end()) {
    std::string icons;
    for (const std::string_view each : all_item_icons) {
      icons.append(icons.empty() ? "'" : ", '").append(each).append("'");
    }
    errors.add(where + ".icon must be one of [" + icons + "]");
  }
  return icon;
}

CatalogItem checked_item(const std::string& where, const CatalogItemForm& form,
                         ValidationErrors& errors) {
  CatalogItem item{.type = form.type.value() ? *form.type.value() : std::string()};
  if (!is_item_type(item.type)) {
    errors.add(where + ".type must be 2 to 30 characters of a to z, 0 to 9 and _");
    item.type.clear();
  }
  item.label = required_text(where + ".label", form.label, {.at_most = max_label_length}, errors);
  item.icon = checked_icon(where, form.icon, errors);
  item.monthly_price = required_amount(where + ".monthly_price", form.monthly_price, errors);
  if (form.offered.is_wrong_type()) errors.add(where + ".offered must be true or false");
  item.offered = form.offered.value() == nullptr || *form.offered.value();
  if (item.type == other_type && !item.offered) {
    errors.add(where + ".offered must be true, as 'other' is always offered");
  }
  return item;
}

/// Names each text that `text_of` finds in several entries, once. What an error has emptied is the
/// same as nothing else.
template <class Entry, class TextOf>
void require_each_once(const char* list, const std::vector<Entry>& entries, const TextOf& text_of,
                       ValidationErrors& errors) {
  std::vector<std::string> texts;
  for (const Entry& entry : entries) texts.push_back(text_of(entry));
  std::sort(texts.begin(), texts.end());
  for (auto at = texts.begin(); at != texts.end();) {
    const auto next = std::upper_bound(at, texts.end(), *at);
    if (next - at > 1 && !at->empty()) {
      errors.add(std::string(list) + " must have '" + *at + "' once");
    }
    at = next;
  }
}

}  // namespace

Catalog validate(const CatalogForm& form) {
  ValidationErrors errors;
  Catalog catalog;
  if (form.items.is_absent()) errors.add("items is required");
  each_entry("items", form.items, max_catalog_items, errors,
             [&](const std::string& where, const CatalogItemForm& entry) {
               catalog.items.push_back(checked_item(where, entry, errors));
             });
  catalog.handling_fee = required_amount("handling_fee", form.handling_fee, errors);
  each_entry("extra_charges", form.extra_charges, max_extra_charges, errors,
             [&](const std::string& where, const ExtraChargeForm& entry) {
               catalog.extra_charges.push_back(
                   {.name = required_text(where + ".name", entry.name,
                                          {.at_most = max_charge_name_length}, errors),
                    .amount = required_amount(where + ".amount", entry.amount, errors)});
             });
  const auto type_of = [](const CatalogItem& item) { return item.type; };
  const auto label_of = [](const CatalogItem& item) { return item.offered ? item.label : ""; };
  const auto name_of = [](const ExtraCharge& charge) { return charge.name; };
  require_each_once("items", catalog.items, type_of, errors);
  require_each_once("the labels of offered items", catalog.items, label_of, errors);
  require_each_once("extra_charges", catalog.extra_charges, name_of, errors);
  errors.throw_if_any("The catalogue has faults");
  return catalog;
}

}  // namespace hss::domain
