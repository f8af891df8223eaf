#include "storage/sql/catalog.h"

#include "storage/damage.h"

namespace hss::storage {
namespace {

constexpr const char* select_items = "SELECT item_type, label, monthly_price FROM catalog_items";
constexpr const char* select_fees = "SELECT amount FROM catalog_fees";

}  // namespace

void prefetch_catalog(Connection& connection) {
  connection.prefetch(select_items);
  connection.prefetch(select_fees);
}

domain::Catalog SqlCatalogReader::get() {
  if (cache_ == nullptr) return read();
  if (!cache_->catalog) cache_->catalog = read();
  return *cache_->catalog;
}

domain::Catalog SqlCatalogReader::read() {
  domain::Catalog catalog;
  for (Query rows(connection_, select_items); rows.step();) {
    catalog.items.push_back(
        {.type = require_known(domain::find_item_type(rows.text(0)), "an item\'s type"),
         .label = rows.text(1),
         .monthly_price = {rows.integer(2)}});
  }
  if (catalog.items.empty()) throw_damage("a catalogue");
  for (Query rows(connection_, select_fees); rows.step();) {
    catalog.handling_fee += {rows.integer(0)};
  }
  return catalog;
}

}  // namespace hss::storage
