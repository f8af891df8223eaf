#pragma once

#include <string_view>

#include "api/http/request.h"

namespace hss::transport {

enum class HttpVersion { http_1_0, http_1_1 };

/// True if a control character other than a tab stands in it, which no header and no line around a
/// chunk may have: others take some of them for the end of a line, and would read another request.
bool has_control_characters(std::string_view line);

/// Fills in method, target and headers from a whole head, without the empty line at its end (RFC
/// 9112, sections 2 to 5). Takes values as they were sent, without the white space around them.
/// Throws Error{validation_error} for what is no such head; the connection is then unfit for
/// another request.
HttpVersion parse_head(std::string_view head, api::Request& request);

}  // namespace hss::transport
