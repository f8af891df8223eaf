#pragma once

#include <string>

#include "domain/events/outbox.h"

namespace hss::events {

/// The message that tells an event, as JSON (API.md, "Events"): `{source, event_type, booking_id,
/// occurred_at, payload}`.
std::string event_payload_of(const domain::OutboxEvent& event);

/// The id of the message that tells the event, to whomever and however often, and of no other
/// event, also where a backup was restored: `evt_<id>_<mark>`.
std::string event_payload_id_of(const domain::OutboxEvent& event);

/// `hss.` and the event's type.
std::string subject_of(const domain::OutboxEvent& event);

}  // namespace hss::events
