#pragma once

#include "api/route.h"

namespace hss::api {

Query get_messages(const Request& request, const Services& services);
Command send_notification(const Request& request, const Services& services);

/// The same where nothing is kept: told to `services.relay` before it is answered, and 503 where
/// that fails. Of the booking only the form of its reference is checked, and no Idempotency-Key is
/// remembered.
Response relay_notification(const Request& request, const Services& services);

}  // namespace hss::api
