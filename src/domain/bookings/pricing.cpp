#include "domain/bookings/pricing.h"

#include "domain/validation/validation_errors.h"

namespace hss::domain {

bool set_todays_price(const Catalog& catalog, Item& item) {
  const CatalogItem* known = catalog.find_offered(item.type);
  if (known == nullptr) return false;
  item.label = known->label;
  item.icon = known->icon;
  item.monthly_price = known->monthly_price;
  return true;
}

std::vector<Item> with_todays_prices(const Catalog& catalog, std::vector<Item> items) {
  ValidationErrors errors;
  int id = 0;
  for (Item& item : items) {
    item.id = ++id;
    if (set_todays_price(catalog, item)) continue;
    errors.add(type_error("items[" + std::to_string(id) + "]", catalog));
  }
  errors.throw_if_any("The booking has faults");
  return items;
}

Quote quote(std::span<const Item> items, Money handling_fee, int duration_months) {
  Quote quote{.duration_months = duration_months,
              .monthly_subtotal = {},
              .handling_fee = handling_fee,
              .total = {}};
  for (const Item& item : items) quote.monthly_subtotal += item.monthly_price;
  quote.total = quote.monthly_subtotal * duration_months + quote.handling_fee;
  return quote;
}

std::string type_error(const std::string& where, const Catalog& catalog) {
  return where + ".type must be one of " + catalog.offered_types();
}

Error price_changed(const Quote& quote) {
  return {ErrorCode::price_changed,
          "The price is not the one you were shown; please confirm the new one",
          {"duration_months=" + std::to_string(quote.duration_months),
           "monthly_subtotal=" + in_rand(quote.monthly_subtotal),
           "handling_fee=" + in_rand(quote.handling_fee), "total=" + in_rand(quote.total)}};
}

bool differs(const std::optional<double>& stated, Money actual) {
  return stated && *stated != static_cast<double>(actual.cents) / 100;
}

}  // namespace hss::domain
