#pragma once

#include "api/route.h"

namespace hss::api {

Query get_messages(const Request& request, const Services& services);
Command send_notification(const Request& request, const Services& services);

/// Relays a notification where nothing is stored: publishes it to `services.relay` before it
/// answers, and answers 503 if that fails. Checks only the form of the booking's reference, and
/// keeps no idempotency record.
Response relay_notification(const Request& request, const Services& services);

}  // namespace hss::api
