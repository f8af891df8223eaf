#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/bookings/item.h"
#include "domain/catalog/catalog.h"

namespace hss::domain {

/// An entry of the list that a booking's items are to be: one that stays, or a new one.
struct WantedItem {
  int id = 0;  ///< of the item that stays; 0: a new one
  Item item;   ///< a new one as in a draft; of one that stays, its type if it was given
  std::optional<std::string> new_name;  ///< of one that stays: empty, it has none any more
};

/// A booking's items before and after a change.
struct ItemsChange {
  std::vector<Item> before, after;

  /// True if an item was added or removed.
  bool has_other_items() const;
};

/// The items as they are wanted, in that order: those that stay with what was agreed of them and
/// their photos, new ones with today's labels and prices and with the ids after `last_id`. Throws
/// Error{validation_error} that names each entry whose id is no item of the booking or stands
/// twice, whose type is another one, or whose type is not offered.
std::vector<Item> changed_items(const std::vector<Item>& before,
                                const std::vector<WantedItem>& wanted, int last_id,
                                const Catalog& catalog);

/// How many there are of each label, in the order of the first of them: `2 × Box, 1 × Bar fridge`.
std::string describe_items(const std::vector<Item>& items);

/// What the customer has called them, by their ids: `1: Blue; 4: From Ma`. Empty where no item has
/// a name.
std::string describe_names(const std::vector<Item>& items);

}  // namespace hss::domain
