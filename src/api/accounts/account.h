#pragma once

#include "api/route.h"

namespace hss::api {

/// An administrator's view of the accounts that can sign in.
Query list_accounts(const Request& request, const Services& services);
Command create_account(const Request& request, const Services& services);
Command change_account(const Request& request, const Services& services);
Command create_account_link(const Request& request, const Services& services);

}  // namespace hss::api
