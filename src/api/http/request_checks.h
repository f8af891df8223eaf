#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"

namespace hss::api {

/// Throws Error{validation_error} if a header that may occur once occurs twice.
void require_single_headers(const Request& request);

/// Throws Error{unsupported_media_type} if the request has a body that is not JSON.
void require_json(const Request& request);

/// The client's own request id; nullptr if it sent no usable one.
const std::string* find_request_id(const Request& request);

/// True for addresses that are not the UI's, also if the target could not be fully parsed.
bool is_api(const Request& request);

/// True if each character is printable ASCII and no space.
bool is_visible_ascii(std::string_view text);

}  // namespace hss::api
