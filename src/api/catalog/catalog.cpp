#include "api/catalog/catalog.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/http/etag.h"
#include "api/http/json_list.h"
#include "domain/bookings/pricing.h"
#include "domain/catalog/catalog_form.h"
#include "domain/catalog/catalog_service.h"

namespace hss::api {
namespace {

Json json_of(const domain::CatalogItem& item) {
  return {{"type", item.type},
          {"label", item.label},
          {"icon", item.icon},
          {"monthly_price", to_json(item.monthly_price)}};
}

Json json_of(const domain::Catalog& catalog) {
  Json items = Json::array(), charges = Json::array();
  for (const auto& item : catalog.items) {
    items.push_back(json_of(item));
    items.back()["offered"] = item.offered;
  }
  for (const auto& charge : catalog.extra_charges) {
    charges.push_back({{"name", charge.name}, {"amount", to_json(charge.amount)}});
  }
  return {{"items", std::move(items)},
          {"handling_fee", to_json(catalog.handling_fee)},
          {"extra_charges", std::move(charges)}};
}

domain::CatalogForm form_of(const ClientJson& object) {
  return {.items = list_field<domain::CatalogItemForm>(
              object, "items",
              [](const ClientJson& item) {
                return domain::CatalogItemForm{.type = text_field(item, "type"),
                                               .label = text_field(item, "label"),
                                               .icon = text_field(item, "icon"),
                                               .monthly_price = number_field(item, "monthly_price"),
                                               .offered = bool_field(item, "offered")};
              }),
          .handling_fee = number_field(object, "handling_fee"),
          .extra_charges = list_field<domain::ExtraChargeForm>(
              object, "extra_charges", [](const ClientJson& charge) {
                return domain::ExtraChargeForm{.name = text_field(charge, "name"),
                                               .amount = number_field(charge, "amount")};
              })};
}

std::string etag_of(const Json& catalog) {
  return etag_of_content(catalog.dump());
}

}  // namespace

Query get_catalog(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const auto catalog = reader.catalog().get();
    Json items = Json::array();
    for (const auto& item : catalog.items) {
      if (item.offered) items.push_back(json_of(item));
    }
    return json_response(200,
                         {{"items", std::move(items)},
                          {"handling_fee", to_json(catalog.handling_fee)},
                          {"currency", "ZAR"},
                          {"min_months", domain::min_months},
                          {"max_months", domain::max_months},
                          {"photo_uploads", services.uploads != nullptr}},
                         request);
  };
}

Query get_owners_catalog(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    const Json catalog = json_of(reader.catalog().get());
    return tag(json_response(200, catalog, request), request, etag_of(catalog));
  };
}

Command put_catalog(const Request& request, const Services& services) {
  return [&request, &services,
          wanted = domain::validate(form_of(parse_object(request)))](domain::Tx& tx) {
    require_match(request, etag_of(json_of(tx.catalog().get())));
    domain::save_catalog(tx, wanted, request.caller(), services.now());
    const Json saved = json_of(tx.catalog().get());
    Response response = json_response(200, saved, request);
    response.set("ETag", etag_of(saved));
    return response;
  };
}

}  // namespace hss::api
