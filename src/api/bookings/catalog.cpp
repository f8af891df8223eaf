#include "api/bookings/catalog.h"

#include <nlohmann/json.hpp>

#include "api/bookings/booking_json.h"
#include "domain/bookings/booking_form.h"
#include "domain/bookings/pricing.h"

namespace hss::api {

Query get_catalog(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const auto catalog = reader.catalog().get();
    Json items = Json::array();
    for (const auto& item : catalog.items) {
      items.push_back({{"type", domain::to_text(item.type)},
                       {"label", item.label},
                       {"monthly_price", to_json(item.monthly_price)}});
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

Query quote_price(const Request& request, const Services&) {
  auto wanted = domain::validate(quote_form_of(parse_object(request)));
  return [&request, wanted = std::move(wanted)](domain::Reader& reader) {
    const auto quote = domain::quote(reader.catalog().get(), wanted.items, wanted.duration_months);
    JsonText text;
    text.open('{').member("duration_months", quote.duration_months);
    write(text, quote);
    return json_response(200, std::move(text), request);
  };
}

}  // namespace hss::api
