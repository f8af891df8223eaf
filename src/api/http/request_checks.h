#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"

namespace hss::api {

/// Throws Error{validation_error} where a header that may be there once is there twice.
void require_single_headers(const Request& request);

/// Throws Error{unsupported_media_type} where the request has a body of another type than JSON.
void require_json(const Request& request);

/// The client's own request id; nullptr where it sent none that is usable.
const std::string* find_request_id(const Request& request);

/// True for the addresses that are not the UI's, also where the target could not be read to its
/// end.
bool is_api(const Request& request);

/// True if each character is printable ASCII and no space.
bool is_visible_ascii(std::string_view text);

}  // namespace hss::api
