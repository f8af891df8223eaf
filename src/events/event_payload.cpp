#include "events/event_payload.h"

#include <nlohmann/json.hpp>

namespace hss::events {

std::string event_payload_of(const domain::OutboxEvent& event) {
  using nlohmann::ordered_json;
  ordered_json message{{"source", "hss-backend-api"},
                       {"event_type", event.type},
                       {"booking_id", nullptr},
                       {"occurred_at", event.occurred_at},
                       {"payload", ordered_json::parse(event.payload)}};
  if (event.booking_id) message["booking_id"] = *event.booking_id;
  return message.dump();
}

std::string event_payload_id_of(const domain::OutboxEvent& event) {
  return "evt_" + std::to_string(event.id) + "_" + event.fingerprint;
}

std::string subject_of(const domain::OutboxEvent& event) {
  return "hss." + event.type;
}

}  // namespace hss::events
