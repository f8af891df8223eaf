#pragma once

#include <string_view>

#include "api/http/request.h"

namespace hss::transport {

enum class HttpVersion { http_1_0, http_1_1 };

/// True for a line with a control character other than a tab, which no header and no line around a
/// chunk may have: others take some of them for the end of a line, and would read another request.
bool has_control_characters(std::string_view line);

/// Cuts the request line off the front of a head, with an empty line before it. Returns it without
/// its end.
std::string_view take_request_line(std::string_view& head);

/// A header field as it was sent, without the white space around its value.
struct FieldLine {
  std::string_view name, value;  ///< both empty for a line without a colon
};

/// Cuts the next line off the front of a head that has lost its request line.
FieldLine take_field(std::string_view& head);

/// Fills in method, target and headers from a whole head without the empty line at its end (RFC
/// 9112, sections 2 to 5). Throws Error{validation_error} for a head that is none; the connection
/// is then unfit for another request.
HttpVersion parse_head(std::string_view head, api::Request& request);

}  // namespace hss::transport
