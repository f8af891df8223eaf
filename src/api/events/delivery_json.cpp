#include "api/events/delivery_json.h"

#include <nlohmann/json.hpp>

#include "events/event_payload.h"

namespace hss::api {

Json to_json(const domain::Delivery& delivery) {
  return {{"target", delivery.target},
          {"event_id", delivery.event.id},
          {"message_id", events::event_payload_id_of(delivery.event)},
          {"event_type", delivery.event.type},
          {"booking_id", text_or_null(delivery.event.booking_id)},
          {"occurred_at", delivery.event.occurred_at},
          {"state", domain::to_text(delivery.state)},
          {"tries", delivery.tries},
          {"status_code", status_unless_zero(delivery.status_code)},
          {"error", text_unless_empty(delivery.error)},
          {"took_ms", delivery.took_ms},
          {"next_try_at", text_unless_empty(delivery.next_try_at)},
          {"updated_at", delivery.updated_at}};
}

Json text_unless_empty(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json status_unless_zero(int status_code) {
  return status_code == 0 ? Json(nullptr) : Json(status_code);
}

}  // namespace hss::api
