#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/bookings/item.h"
#include "domain/catalog/catalog.h"
#include "domain/error.h"
#include "domain/money.h"

namespace hss::domain {

inline constexpr int min_months = 1;
inline constexpr int max_months = 12;

struct Quote {
  int duration_months = min_months;
  Money monthly_subtotal;
  Money handling_fee;
  Money total;  ///< monthly_subtotal × duration_months + handling_fee
};

/// Gives the item today's label, icon and price; returns false if its type is not offered.
bool set_todays_price(const Catalog& catalog, Item& item);

/// The items with today's labels and prices, and with ids from 1. Throws Error{validation_error}
/// that names each whose type is not offered.
std::vector<Item> with_todays_prices(const Catalog& catalog, std::vector<Item> items);

/// What items with prices cost. `duration_months` is within [min_months, max_months] already.
Quote quote(std::span<const Item> items, Money handling_fee, int duration_months);

/// The error of an item whose type is not offered; `where` is its place: `items[1]`.
std::string type_error(const std::string& where, const Catalog& catalog);

/// Error{price_changed} with the quote that holds in its details.
Error price_changed(const Quote& quote);

/// True if a client stated this amount, in rand, and it is not the right one. It is no Money, as an
/// amount that is no whole number of cents differs from every price.
bool differs(const std::optional<double>& stated, Money actual);

}  // namespace hss::domain
