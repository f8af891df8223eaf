#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.h"
#include "domain/money.h"

namespace hss::domain {

enum class ItemType { bed, box, fridge, other, suitcase };

/// Ordered as the contract's messages name them.
inline constexpr std::array all_item_types{ItemType::bed, ItemType::box, ItemType::fridge,
                                           ItemType::other, ItemType::suitcase};

std::string_view to_text(ItemType type);
std::optional<ItemType> find_item_type(std::string_view text);

inline constexpr int min_months = 1;
inline constexpr int max_months = 12;

struct CatalogItem {
  ItemType type = ItemType::other;
  std::string label;    ///< for a person: "Bar fridge"
  Money monthly_price;  ///< for one item, a month
};

/// Today's storage prices. Bookings keep the price at which they were created.
struct Catalog {
  std::vector<CatalogItem> items;  ///< one for each ItemType
  Money handling_fee;              ///< once a booking

  /// Throws Error{internal} if the catalogue has no such type, which the schema rules out.
  Money monthly_price(ItemType type) const;
};

struct Quote {
  int duration_months = min_months;
  Money monthly_subtotal;
  Money handling_fee;
  Money total;  ///< monthly_subtotal × duration_months + handling_fee
};

/// `duration_months` is within [min_months, max_months] already.
Quote quote(const Catalog& catalog, std::span<const ItemType> items, int duration_months);

/// The amount as an error or an event says it: `610`, `610.50`.
std::string to_rand_text(Money amount);

/// Error{price_changed} with the quote that holds in its details.
Error price_changed(const Quote& quote);

/// True if a client stated this amount, in rand, and it is not the right one. It is no Money, as an
/// amount that is no whole number of cents differs from every price.
bool differs(const std::optional<double>& stated, Money actual);

}  // namespace hss::domain
