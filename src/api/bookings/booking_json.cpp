#include "api/bookings/booking_json.h"

#include <nlohmann/json.hpp>

#include "api/http/json_list.h"
#include "domain/validation/phone.h"

namespace hss::api {
namespace {

using domain::Field;
using domain::ItemForm;

Field<std::vector<Field<ItemForm>>> items_field(const ClientJson& object) {
  return list_field<ItemForm>(object, "items", [](const ClientJson& item) {
    return ItemForm{.type = text_field(item, "type"),
                    .name = text_field(item, "name"),
                    .s3_key = text_field(item, "s3Key"),
                    .photos = texts_field(item, "photos"),
                    .id = number_field(item, "id")};
  });
}

domain::ContactForm contact_form_of(const ClientJson& object) {
  return {.phone = text_field(object, "phone"),
          .whatsapp = text_field(object, "whatsapp"),
          .access_notes = text_field(object, "access_notes")};
}

void write_return(JsonText& text, const std::optional<domain::Handback>& handback) {
  const auto member = [&](std::string_view name, const std::string& value) {
    text.member(name, handback ? std::optional(value) : std::nullopt);
  };
  const domain::Handback value = handback.value_or(domain::Handback{});
  member("return_date", value.date);
  member("return_window", value.window);
  member("return_address", value.address);
  member("return_method", std::string(domain::to_text(value.method)));
  text.member("return_residence_id", if_any(value.residence_id));
  member("return_room", value.room);
}

/// The members that a change names, with what they were and are where the event says so.
void write_members(JsonText& text, const ClientJson& payload) {
  if (!payload.contains("fields")) return;
  const std::string fields = payload["fields"].get<std::string>() + ",";
  text.open("fields", '[');
  for (std::size_t at = 0; at < fields.size(); at = fields.find(',', at) + 1) {
    const std::string name = fields.substr(at, fields.find(',', at) - at);
    text.open('{').member("name", name);
    for (const std::string_view end : {"from", "to"}) {
      const auto found = payload.find(name + "_" + std::string(end));
      if (found != payload.end()) text.member(end, found->get<std::string>());
    }
    text.close('}');
  }
  text.close(']');
}

}  // namespace

std::optional<std::string> if_any(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

domain::BookingChangeForm booking_change_form_of(const ClientJson& object) {
  return {.pickup_date = text_field(object, "pickup_date"),
          .pickup_window = text_field(object, "pickup_window"),
          .address = text_field(object, "address"),
          .residence_id = text_field(object, "residence_id"),
          .room = text_field(object, "room"),
          .contact = contact_form_of(object),
          .items = items_field(object),
          .duration_months = number_field(object, "duration_months"),
          .return_date = text_field(object, "return_date"),
          .return_window = text_field(object, "return_window"),
          .return_address = text_field(object, "return_address"),
          .return_residence_id = text_field(object, "return_residence_id"),
          .return_room = text_field(object, "return_room"),
          .return_method = text_field(object, "return_method"),
          .expected_total = number_field(object, "expected_total"),
          .override = bool_field(object, "override")};
}

domain::BookingForm booking_form_of(const ClientJson& object) {
  domain::BookingForm form{.customer_name = text_field(object, "customer_name"),
                           .email = text_field(object, "email"),
                           .pickup_date = text_field(object, "pickup_date"),
                           .pickup_window = text_field(object, "pickup_window"),
                           .address = text_field(object, "address"),
                           .items = items_field(object),
                           .duration_months = number_field(object, "duration_months"),
                           .override = bool_field(object, "override"),
                           .contact = contact_form_of(object),
                           .residence_id = text_field(object, "residence_id"),
                           .room = text_field(object, "room"),
                           .terms_version = number_field(object, "terms_version"),
                           .early_start = bool_field(object, "early_start"),
                           .pickup_method = text_field(object, "pickup_method")};
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
      .member("payment_reference", booking.payment_reference)
      .member("phone", booking.contact.phone)
      .member("phone_e164", if_any(domain::to_e164(booking.contact.phone)))
      .member("whatsapp", booking.contact.whatsapp)
      .member("access_notes", booking.contact.access_notes)
      .member("collected_on", if_any(booking.collected_on))
      .member("due_on", booking.due_on());
  write_return(text, booking.handback);
  text.member("failed_trips", booking.failed_trips)
      .member("needs_new_date", booking.needs_new_date)
      .member("residence_id", if_any(booking.residence_id))
      .member("room", booking.room)
      .member("pickup_method", domain::to_text(booking.pickup_method))
      .member("terms_version",
              booking.terms_version > 0 ? std::optional(booking.terms_version) : std::nullopt)
      .member("early_start", booking.early_start)
      .member("has_account", booking.owner.has_value());
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

void write(JsonText& text, const std::vector<domain::BookingEvent>& events, bool with_actors) {
  text.open("changes", '[');
  for (const domain::BookingEvent& event : events) {
    const auto payload = ClientJson::parse(event.payload);
    text.open('{').member("type", event.type).member("at", event.at);
    if (with_actors) {
      text.member("actor", event.actor);
      if (payload.contains("client_id"))
        text.member("client_id", payload["client_id"].get<std::string>());
    }
    text.member("actor_role", event.actor_role);
    if (payload.contains("reason")) text.member("reason", payload["reason"].get<std::string>());
    write_members(text, payload);
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
