#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.h"

namespace hss::domain {

/// The type that every catalogue has and offers: whatever has no type of its own.
inline constexpr std::string_view other_type = "other";

/// The icons that the pages can draw.
inline constexpr std::array<std::string_view, 12> all_item_icons{
    "bag",    "bed",   "bicycle", "box",   "chair",  "desk",
    "fridge", "music", "other",   "plant", "screen", "suitcase"};

struct CatalogItem {
  std::string type;     ///< 2 to 30 of a to z, 0 to 9 and the underscore; stays for ever
  std::string label;    ///< for a person: "Bar fridge"
  std::string icon;     ///< one of all_item_icons
  Money monthly_price;  ///< for one item, a month
  bool offered = true;  ///< false: it is there for the bookings that have such items

  bool operator==(const CatalogItem&) const = default;
};

/// A charge that the owner has named: stairs, a failed trip.
struct ExtraCharge {
  std::string name;
  Money amount;

  bool operator==(const ExtraCharge&) const = default;
};

/// Today's storage prices. Bookings keep the labels and prices at which they were created.
struct Catalog {
  std::vector<CatalogItem> items;  ///< in the order in which customers see them
  Money handling_fee;              ///< once a booking
  std::vector<ExtraCharge> extra_charges;

  /// Null if customers cannot choose the type.
  const CatalogItem* find_offered(std::string_view type) const;
  /// The offered types as errors list them: `['bed', 'box']`.
  std::string offered_types() const;
};

/// True if the text has the form of a type.
bool is_item_type(std::string_view text);

}  // namespace hss::domain
