#pragma once

#include "api/route.h"

namespace hss::api {

Query list_queue(const Request& request, const Services& services);
Query get_board(const Request& request, const Services& services);

}  // namespace hss::api
