#pragma once

#include <vector>

#include "api/route.h"

namespace hss::api {

Response get_metrics(const Request& request, const Services& services);

/// What an address of its own serves to a collector that cannot sign in: the figures, to anyone.
const std::vector<Route>& metrics_routes();

}  // namespace hss::api
