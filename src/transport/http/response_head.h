#pragma once

#include <string>

#include "api/http/response.h"

namespace hss::transport {

/// An answer's head as it is sent, with the empty line at its end. It has the body's length, unless
/// the answer has no body by its status or goes on.
std::string head_of(const api::Response& response, bool closes);

}  // namespace hss::transport
