#include "domain/bookings/item_change.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "domain/bookings/pricing.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

const Item* find_item(const std::vector<Item>& items, int id) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

std::set<int> ids_of(const std::vector<Item>& items) {
  std::set<int> ids;
  for (const Item& item : items) ids.insert(item.id);
  return ids;
}

/// The item that stays, as it is called from now on.
Item kept_item(const std::string& where, const Item& item, const WantedItem& wanted,
               ValidationErrors& errors) {
  if (!wanted.item.type.empty() && wanted.item.type != item.type) {
    errors.add(where + ".type must stay '" + item.type + "'; leave the item out and add another");
  }
  Item kept = item;
  if (wanted.new_name) {
    kept.name = wanted.new_name->empty() ? std::nullopt : wanted.new_name;
  }
  return kept;
}

}  // namespace

bool ItemsChange::has_other_items() const {
  return ids_of(before) != ids_of(after);
}

std::vector<Item> changed_items(const std::vector<Item>& before,
                                const std::vector<WantedItem>& wanted, int last_id,
                                const Catalog& catalog) {
  ValidationErrors errors;
  std::vector<Item> items;
  for (const WantedItem& entry : wanted) {
    const std::string where = "items[" + std::to_string(items.size() + 1) + "]";
    if (entry.id == 0) {
      Item added = entry.item;
      added.id = ++last_id;
      if (!set_todays_price(catalog, added)) errors.add(type_error(where, catalog));
      items.push_back(std::move(added));
      continue;
    }
    const Item* known = find_item(before, entry.id);
    if (known == nullptr) errors.add(where + ".id is no item of this booking");
    if (known && find_item(items, entry.id)) errors.add(where + ".id must stand in the list once");
    items.push_back(known ? kept_item(where, *known, entry, errors) : entry.item);
  }
  errors.throw_if_any("The change has faults");
  return items;
}

std::string describe_items(const std::vector<Item>& items) {
  std::vector<std::pair<std::string, int>> counts;
  for (const Item& item : items) {
    const auto known = std::find_if(counts.begin(), counts.end(),
                                    [&](const auto& one) { return one.first == item.label; });
    if (known == counts.end()) {
      counts.emplace_back(item.label, 1);
    } else {
      ++known->second;
    }
  }
  std::string text;
  for (const auto& [label, count] : counts) {
    text.append(text.empty() ? "" : ", ").append(std::to_string(count)).append(" × ").append(label);
  }
  return text;
}

std::string describe_names(const std::vector<Item>& items) {
  std::map<int, std::string> names;
  for (const Item& item : items) {
    if (item.name) names[item.id] = *item.name;
  }
  std::string text;
  for (const auto& [id, name] : names) {
    text.append(text.empty() ? "" : "; ").append(std::to_string(id)).append(": ").append(name);
  }
  return text;
}

}  // namespace hss::domain
