#pragma once

#include <string>

#include "api/http/response.h"

namespace hss::transport {

/// An answer's head as it is sent, the empty line at its end included. Says the body's length,
/// unless the answer has none by its status or goes on until its end.
std::string head_of(const api::Response& response, bool closes);

}  // namespace hss::transport
