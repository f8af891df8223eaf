#include "storage/sql/catalog.h"

#include <algorithm>

#include "storage/damage.h"

namespace hss::storage {
namespace {

constexpr const char* select_items =
    "SELECT item_type, label, icon, monthly_price, offered FROM catalog_items ORDER BY position";
constexpr const char* select_fees = "SELECT amount FROM catalog_fees";
constexpr const char* select_charges = "SELECT name, amount FROM catalog_charges ORDER BY position";

domain::Catalog read_catalog(Connection& connection) {
  domain::Catalog catalog;
  for (Query rows(connection, select_items); rows.step();) {
    catalog.items.push_back({.type = rows.text(0),
                             .label = rows.text(1),
                             .icon = rows.text(2),
                             .monthly_price = {rows.integer(3)},
                             .offered = rows.integer(4) == 1});
  }
  if (!catalog.find_offered(domain::other_type)) throw_damage("a catalogue");
  for (Query rows(connection, select_fees); rows.step();) {
    catalog.handling_fee += {rows.integer(0)};
  }
  for (Query rows(connection, select_charges); rows.step();) {
    catalog.extra_charges.push_back({.name = rows.text(0), .amount = {rows.integer(1)}});
  }
  return catalog;
}

void save_item(Connection& connection, const domain::CatalogItem& item, std::int64_t position,
               bool is_new) {
  if (is_new) {
    execute(connection,
            "INSERT INTO catalog_items (label, icon, monthly_price, position, offered, item_type)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            item.label, item.icon, item.monthly_price.cents, position, item.offered ? 1 : 0,
            item.type);
  } else {
    execute(connection,
            "UPDATE catalog_items SET label = ?, icon = ?, monthly_price = ?, position = ?,"
            " offered = ? WHERE item_type = ?",
            item.label, item.icon, item.monthly_price.cents, position, item.offered ? 1 : 0,
            item.type);
  }
}

}  // namespace

void prefetch_catalog(Connection& connection) {
  connection.prefetch(select_items);
  connection.prefetch(select_fees);
  connection.prefetch(select_charges);
}

domain::Catalog SqlCatalogReader::get() {
  return read_catalog(connection_);
}

domain::Catalog SqlCatalogWriter::get() {
  if (!cache_.catalog) cache_.catalog = read_catalog(connection_);
  return *cache_.catalog;
}

void SqlCatalogWriter::save(const domain::Catalog& catalog) {
  const domain::Catalog before = get();
  std::int64_t position = 0;
  for (const domain::CatalogItem& item : catalog.items) {
    const bool is_known =
        std::any_of(before.items.begin(), before.items.end(),
                    [&](const domain::CatalogItem& known) { return known.type == item.type; });
    save_item(connection_, item, ++position, !is_known);
  }
  execute(connection_, "UPDATE catalog_fees SET amount = ? WHERE name = 'handling'",
          catalog.handling_fee.cents);
  execute(connection_, "DELETE FROM catalog_charges");
  position = 0;
  for (const domain::ExtraCharge& charge : catalog.extra_charges) {
    execute(connection_, "INSERT INTO catalog_charges (position, name, amount) VALUES (?, ?, ?)",
            ++position, charge.name, charge.amount.cents);
  }
  cache_.catalog = catalog;
}

}  // namespace hss::storage
