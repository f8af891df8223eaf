#pragma once

#include <string>

#include "domain/events/outbox.h"

namespace hss::events {

/// The JSON message of an event (API.md, "Events"): `{source, event_type, booking_id, occurred_at,
/// payload}`.
std::string event_payload_of(const domain::OutboxEvent& event);

/// The message id of the event: `evt_<id>_<mark>`. The same for every receiver and every try, and
/// for no other event, also after a backup was restored.
std::string event_payload_id_of(const domain::OutboxEvent& event);

/// Returns `hss.` and the event's type.
std::string subject_of(const domain::OutboxEvent& event);

}  // namespace hss::events
