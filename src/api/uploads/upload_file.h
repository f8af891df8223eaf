#pragma once

#include "api/route.h"

namespace hss::api {

/// The files of the local store, for whoever has an address that was given out for them.
Response put_upload_file(const Request& request, const Services& services);
Response get_upload_file(const Request& request, const Services& services);

}  // namespace hss::api
