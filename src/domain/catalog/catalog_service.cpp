#include "domain/catalog/catalog_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

const CatalogItem* find_type(const Catalog& catalog, const std::string& type) {
  const auto found = std::find_if(catalog.items.begin(), catalog.items.end(),
                                  [&](const CatalogItem& item) { return item.type == type; });
  return found == catalog.items.end() ? nullptr : &*found;
}

void require_types_of(const Catalog& before, const Catalog& after) {
  ValidationErrors errors;
  for (const CatalogItem& item : before.items) {
    if (find_type(after, item.type)) continue;
    errors.add("items must keep the type '" + item.type +
               "', as bookings may have it; set offered to false instead");
  }
  errors.throw_if_any("The catalogue has faults");
}

/// One after the other, as a person reads them.
void append(std::string& text, const std::string& more) {
  text.append(text.empty() ? "" : "; ").append(more);
}

std::string describe(const CatalogItem& item) {
  return item.label + " (" + item.type + ") R " + in_rand(item.monthly_price) + " a month, icon " +
         item.icon + (item.offered ? "" : ", not offered");
}

std::string describe(const std::vector<ExtraCharge>& charges) {
  std::string text;
  for (const ExtraCharge& charge : charges) {
    append(text, charge.name + " R " + in_rand(charge.amount));
  }
  return text;
}

/// Those that are otherwise, or not at all, in the other catalogue.
std::string describe_changed(const Catalog& catalog, const Catalog& other) {
  std::string text;
  for (const CatalogItem& item : catalog.items) {
    const CatalogItem* same = find_type(other, item.type);
    if (same == nullptr || *same != item) append(text, describe(item));
  }
  return text;
}

/// The types in the catalogue's order, without those that the other lacks.
std::string order_of(const Catalog& catalog, const Catalog& other) {
  std::string text;
  for (const CatalogItem& item : catalog.items) {
    if (find_type(other, item.type)) text.append(text.empty() ? "" : ", ").append(item.type);
  }
  return text;
}

/// Adds what a part was and is, where it changed.
void add_part(Payload& payload, const std::string& part, std::string from, std::string to) {
  if (from == to) return;
  payload.emplace_back(part + "_from", std::move(from));
  payload.emplace_back(part + "_to", std::move(to));
}

Payload changes_between(const Catalog& before, const Catalog& after) {
  Payload payload;
  add_part(payload, "items", describe_changed(before, after), describe_changed(after, before));
  add_part(payload, "order", order_of(before, after), order_of(after, before));
  add_part(payload, "handling_fee", in_rand(before.handling_fee), in_rand(after.handling_fee));
  add_part(payload, "extra_charges", describe(before.extra_charges), describe(after.extra_charges));
  return payload;
}

}  // namespace

void save_catalog(Tx& tx, const Catalog& catalog, const Caller& caller, Instant now) {
  const Catalog before = tx.catalog().get();
  require_types_of(before, catalog);
  Payload payload = changes_between(before, catalog);
  if (payload.empty()) return;
  tx.catalog().save(catalog);
  tx.audit().append({.type = "catalog_changed",
                     .booking_id = std::nullopt,
                     .payload = std::move(payload),
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now)});
}

}  // namespace hss::domain
