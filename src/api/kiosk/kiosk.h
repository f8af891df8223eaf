#pragma once

#include "api/route.h"

namespace hss::api {

/// A kiosk is opened with a password and unlocked with a PIN or a password.
Command open_kiosk(const Request& request, const Services& services);
Query list_kiosk_accounts(const Request& request, const Services& services);
Command unlock_kiosk(const Request& request, const Services& services);

}  // namespace hss::api
