#include "domain/bookings/pricing.h"

#include "domain/enum_names.h"

namespace hss::domain {
namespace {

constexpr EnumNames<ItemType, all_item_types.size()> item_names{
    {"bed", "box", "fridge", "other", "suitcase"}};

}  // namespace

std::string_view to_text(ItemType type) {
  return item_names[type];
}

std::optional<ItemType> find_item_type(std::string_view text) {
  return item_names.find(text);
}

Money Catalog::monthly_price(ItemType type) const {
  for (const CatalogItem& item : items) {
    if (item.type == type) return item.monthly_price;
  }
  throw Error(ErrorCode::internal, "The catalogue has no price for " + std::string(to_text(type)));
}

Quote quote(const Catalog& catalog, std::span<const ItemType> items, int duration_months) {
  Quote quote{.duration_months = duration_months,
              .monthly_subtotal = {},
              .handling_fee = catalog.handling_fee,
              .total = {}};
  for (const ItemType type : items) quote.monthly_subtotal += catalog.monthly_price(type);
  quote.total = quote.monthly_subtotal * duration_months + quote.handling_fee;
  return quote;
}

std::string to_rand_text(Money amount) {
  std::string text = std::to_string(amount.cents / 100);
  if (const auto cents = amount.cents % 100; cents != 0) {
    text += (cents < 10 ? ".0" : ".") + std::to_string(cents);
  }
  return text;
}

Error price_changed(const Quote& quote) {
  return {
      ErrorCode::price_changed,
      "The price is not the one you were shown; please confirm the new one",
      {"duration_months=" + std::to_string(quote.duration_months),
       "monthly_subtotal=" + to_rand_text(quote.monthly_subtotal),
       "handling_fee=" + to_rand_text(quote.handling_fee), "total=" + to_rand_text(quote.total)}};
}

bool differs(const std::optional<double>& stated, Money actual) {
  return stated && *stated != static_cast<double>(actual.cents) / 100;
}

}  // namespace hss::domain
