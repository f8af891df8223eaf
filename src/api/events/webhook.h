#pragma once

#include "api/route.h"

namespace hss::api {

/// The webhooks that receive events. Each handler throws Error{conflict} if this program calls no
/// webhooks. In demo mode each but the two that only read throws Error{forbidden} for a page of
/// another origin.

Query list_webhooks(const Request& request, const Services& services);
/// Only this response has the secret.
Command add_webhook(const Request& request, const Services& services);
Command change_webhook(const Request& request, const Services& services);
Command remove_webhook(const Request& request, const Services& services);
/// Waits for the receiver's response.
Response test_webhook(const Request& request, const Services& services);
Query get_log(const Request& request, const Services& services);
Command resend(const Request& request, const Services& services);

}  // namespace hss::api
