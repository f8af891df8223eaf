#pragma once

#include "api/route.h"

namespace hss::api {

/// Accounts set the passwords and PINs that they sign in with themselves.
Command change_password(const Request& request, const Services& services);
Command change_pin(const Request& request, const Services& services);
Command use_link(const Request& request, const Services& services);

}  // namespace hss::api
