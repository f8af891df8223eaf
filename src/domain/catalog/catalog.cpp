#include "domain/catalog/catalog.h"

#include <algorithm>

namespace hss::domain {

const CatalogItem* Catalog::find_offered(std::string_view type) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const CatalogItem& item) {
    return item.offered && item.type == type;
  });
  return found == items.end() ? nullptr : &*found;
}

std::string Catalog::offered_types() const {
  std::string types;
  for (const CatalogItem& item : items) {
    if (item.offered) types += (types.empty() ? "'" : ", '") + item.type + "'";
  }
  return "[" + types + "]";
}

bool is_item_type(std::string_view text) {
  constexpr std::size_t min_length = 2, max_length = 30;
  return text.size() >= min_length && text.size() <= max_length &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

}  // namespace hss::domain
