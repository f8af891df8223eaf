#pragma once

#include "api/route.h"

namespace hss::api {

/// Those that hear of events: each throws Error{conflict} where this program calls none, and in
/// demo mode, but for the two that only look, Error{forbidden} for a page of another origin.

Look list_webhooks(const Request& request, const Services& services);
/// Its answer alone has the secret.
Change add_webhook(const Request& request, const Services& services);
Change change_webhook(const Request& request, const Services& services);
Change remove_webhook(const Request& request, const Services& services);
/// Waits for the receiver's answer.
Response test_webhook(const Request& request, const Services& services);
Look get_log(const Request& request, const Services& services);
Change resend(const Request& request, const Services& services);

}  // namespace hss::api
