#pragma once

#include "api/route.h"

namespace hss::api {

/// Those that hear of events: each throws Error{conflict} where this program calls none, and in
/// demo mode, but for the two that only look, Error{forbidden} for a page of another origin.

Query list_webhooks(const Request& request, const Services& services);
/// Its answer alone has the secret.
Command add_webhook(const Request& request, const Services& services);
Command change_webhook(const Request& request, const Services& services);
Command remove_webhook(const Request& request, const Services& services);
/// Waits for the receiver's answer.
Response test_webhook(const Request& request, const Services& services);
Query get_log(const Request& request, const Services& services);
Command resend(const Request& request, const Services& services);

}  // namespace hss::api
