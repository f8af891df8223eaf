#pragma once

#include <string>

#include "domain/outbox.h"

namespace hss::events {

/// The message that tells an event, as JSON (API.md, "Events"): `{source, event_type, booking_id,
/// occurred_at, payload}`.
std::string message_of(const domain::OutboxEvent& event);

/// `hss.` and the event's type.
std::string subject_of(const domain::OutboxEvent& event);

}  // namespace hss::events
