#pragma once

#include "api/route.h"

namespace hss::api {

/// A shared screen: opened with a password, unlocked with a PIN or password.
Command open_device(const Request& request, const Services& services);
Query list_device_people(const Request& request, const Services& services);
Response unlock_device(const Request& request, const Services& services);

}  // namespace hss::api
