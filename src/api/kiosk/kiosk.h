#pragma once

#include "api/route.h"

namespace hss::api {

/// A shared screen: opened with a password, unlocked with a PIN or password.
Command open_kiosk(const Request& request, const Services& services);
Query list_kiosk_accounts(const Request& request, const Services& services);
Command unlock_kiosk(const Request& request, const Services& services);

}  // namespace hss::api
