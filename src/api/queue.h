#pragma once

#include "api/route.h"

namespace hss::api {

Look list_queue(const Request& request, const Services& services);
Look get_board(const Request& request, const Services& services);

}  // namespace hss::api
