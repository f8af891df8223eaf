#pragma once

#include <vector>

#include "api/route.h"

namespace hss::api {

Response get_metrics(const Request& request, const Services& services);

/// The metrics, which a separate address serves to collectors that cannot sign in. Anyone may read
/// them.
const std::vector<Route>& metrics_routes();

}  // namespace hss::api
