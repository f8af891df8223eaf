#pragma once

#include "api/route.h"

namespace hss::api {

/// Sending photos and documents: a promise, its files (upload_file.h), and that they are there.
Command presign_upload(const Request& request, const Services& services);
Response presign_again(const Request& request, const Services& services);
Command complete_upload(const Request& request, const Services& services);
Command delete_upload(const Request& request, const Services& services);

/// The photos and documents of a booking, with addresses at which to read them.
Response list_photos(const Request& request, const Services& services);

}  // namespace hss::api
