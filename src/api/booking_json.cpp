#include "api/booking_json.h"

#include <nlohmann/json.hpp>

namespace hss::api {
namespace {

using domain::Given;
using domain::ItemForm;

Given<std::vector<Given<ItemForm>>> given_items(const ClientJson& object) {
  const auto found = object.find("items");
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_array()) return Given<std::vector<Given<ItemForm>>>::wrong_type();
  std::vector<Given<ItemForm>> items;
  items.reserve(found->size());
  for (const ClientJson& item : *found) {
    items.push_back(item.is_object() ? Given(ItemForm{.type = given_text(item, "type"),
                                                      .name = given_text(item, "name"),
                                                      .s3_key = given_text(item, "s3Key")})
                                     : Given<ItemForm>::wrong_type());
  }
  return items;
}

}  // namespace

domain::BookingForm booking_form_of(const ClientJson& object) {
  domain::BookingForm form{.customer_name = given_text(object, "customer_name"),
                           .email = given_text(object, "email"),
                           .pickup_date = given_text(object, "pickup_date"),
                           .pickup_window = given_text(object, "pickup_window"),
                           .address = given_text(object, "address"),
                           .items = given_items(object),
                           .duration_months = given_number(object, "duration_months")};
  const auto pricing = object.find("pricing");
  if (pricing == object.end() || pricing->is_null()) return form;
  if (!pricing->is_object()) {
    form.pricing_is_wrong_type = true;
    return form;
  }
  form.duration = given_number(*pricing, "duration");
  form.monthly_subtotal = given_number(*pricing, "monthlySubtotal");
  form.handling_fee = given_number(*pricing, "handlingFee");
  form.total = given_number(*pricing, "total");
  return form;
}

domain::QuoteForm quote_form_of(const ClientJson& object) {
  return {.items = given_items(object), .duration_months = given_number(object, "duration_months")};
}

Json to_json(const domain::Booking& booking) {
  Json object{{"id", booking.id},
              {"customer_name", booking.customer_name},
              {"email", booking.email},
              {"pickup_date", booking.pickup_date},
              {"pickup_window", booking.pickup_window},
              {"address", booking.address},
              {"duration_months", booking.price.duration_months},
              {"item_count", booking.item_count}};
  set_amounts(object, booking.price);
  object["status"] = domain::to_text(booking.status);
  object["created_at"] = booking.created_at;
  object["updated_at"] = booking.updated_at;
  object["payment_reference"] = text_or_null(booking.payment_reference);
  return object;
}

Json to_json(const domain::Slice<domain::Booking>& slice, const char* name) {
  Json rows = Json::array();
  for (const domain::Booking& booking : slice.rows) rows.push_back(to_json(booking));
  Json object = Json::object();
  object[name] = std::move(rows);
  object["count"] = slice.rows.size();
  object["next_cursor"] = text_or_null(slice.next_cursor);
  return object;
}

Json to_json(const std::vector<domain::Item>& items) {
  Json rows = Json::array();
  for (const domain::Item& item : items) {
    rows.push_back({{"item_type", domain::to_text(item.type)},
                    {"item_name", text_or_null(item.name)},
                    {"s3_key", text_or_null(item.s3_key)}});
  }
  return rows;
}

void set_amounts(Json& object, const domain::Quote& quote) {
  object["monthly_subtotal"] = to_json(quote.monthly_subtotal);
  object["handling_fee"] = to_json(quote.handling_fee);
  object["total"] = to_json(quote.total);
}

}  // namespace hss::api
