#include "api/bookings/quote.h"

#include <nlohmann/json.hpp>

#include "api/bookings/booking_json.h"

namespace hss::api {

Query quote_price(const Request& request, const Services&) {
  return [&request, form = quote_form_of(parse_object(request))](domain::Reader& reader) {
    const domain::Catalog catalog = reader.catalog().get();
    const domain::QuoteRequest wanted = domain::validate(form, catalog);
    JsonText text;
    text.open('{').member("duration_months", wanted.duration_months);
    write(text, domain::quote(wanted.items, catalog.handling_fee, wanted.duration_months));
    return json_response(200, std::move(text), request);
  };
}

}  // namespace hss::api
