#include "api/bookings/booking_json.h"

#include <nlohmann/json.hpp>

#include "api/http/json_list.h"

namespace hss::api {
namespace {

using domain::Field;
using domain::ItemForm;

Field<std::vector<Field<ItemForm>>> items_field(const ClientJson& object) {
  return list_field<ItemForm>(object, "items", [](const ClientJson& item) {
    return ItemForm{.type = text_field(item, "type"),
                    .name = text_field(item, "name"),
                    .s3_key = text_field(item, "s3Key"),
                    .photos = texts_field(item, "photos")};
  });
}

}  // namespace

domain::BookingForm booking_form_of(const ClientJson& object) {
  domain::BookingForm form{.customer_name = text_field(object, "customer_name"),
                           .email = text_field(object, "email"),
                           .pickup_date = text_field(object, "pickup_date"),
                           .pickup_window = text_field(object, "pickup_window"),
                           .address = text_field(object, "address"),
                           .items = items_field(object),
                           .duration_months = number_field(object, "duration_months"),
                           .override = bool_field(object, "override")};
  const auto pricing = object.find("pricing");
  if (pricing == object.end() || pricing->is_null()) return form;
  if (!pricing->is_object()) {
    form.pricing_is_wrong_type = true;
    return form;
  }
  form.duration = number_field(*pricing, "duration");
  form.monthly_subtotal = number_field(*pricing, "monthlySubtotal");
  form.handling_fee = number_field(*pricing, "handlingFee");
  form.total = number_field(*pricing, "total");
  return form;
}

domain::QuoteForm quote_form_of(const ClientJson& object) {
  return {.items = items_field(object), .duration_months = number_field(object, "duration_months")};
}

void write(JsonText& text, const domain::Booking& booking) {
  text.member("id", booking.id)
      .member("customer_name", booking.customer_name)
      .member("email", booking.email)
      .member("pickup_date", booking.pickup_date)
      .member("pickup_window", booking.pickup_window)
      .member("address", booking.address)
      .member("duration_months", booking.price.duration_months)
      .member("item_count", booking.item_count);
  write(text, booking.price);
  text.member("status", domain::to_text(booking.status))
      .member("created_at", booking.created_at)
      .member("updated_at", booking.updated_at)
      .member("payment_reference", booking.payment_reference);
}

void write(JsonText& text, const std::vector<domain::Item>& items) {
  text.open("items", '[');
  for (const domain::Item& item : items) {
    text.open('{')
        .member("id", item.id)
        .member("item_type", item.type)
        .member("item_label", item.label)
        .member("icon", item.icon)
        .member("monthly_price", item.monthly_price)
        .member("item_name", item.name)
        .member("s3_key", item.s3_key)
        .open("photos", '[');
    for (const std::string& key : item.photos) text.element(key);
    text.close(']').close('}');
  }
  text.close(']');
}

void write(JsonText& text, const std::vector<domain::BookingStep>& history, bool with_actors) {
  text.open("history", '[');
  for (const domain::BookingStep& step : history) {
    text.open('{').member("status", domain::to_text(step.status)).member("at", step.at);
    if (with_actors) text.member("actor", step.actor);
    text.member("actor_role", step.actor_role)
        .member("reason", step.reason)
        .member("payment_method", step.payment_method);
    if (step.is_correction) text.member("correction", true);
    text.close('}');
  }
  text.close(']');
}

void write(JsonText& text, const domain::Quote& quote) {
  text.member("monthly_subtotal", quote.monthly_subtotal)
      .member("handling_fee", quote.handling_fee)
      .member("total", quote.total);
}

void write(JsonText& text, const std::vector<domain::Booking>& bookings, std::string_view name) {
  text.open(name, '[');
  for (const domain::Booking& booking : bookings) {
    text.open('{');
    write(text, booking);
    text.close('}');
  }
  text.close(']');
}

void write(JsonText& text, const domain::Slice<domain::Booking>& slice, std::string_view name) {
  write(text, slice.rows, name);
  text.member("count", static_cast<std::int64_t>(slice.rows.size()))
      .member("next_cursor", slice.next_cursor);
}

}  // namespace hss::api
