#pragma once

#include <string>
#include <string_view>

#include "api/request.h"

namespace hss::api {

/// What is answered, as plain data. The body is `body`, or `static_body` where that is not empty:
/// bytes that live as long as the program. To a HEAD the transport sends its length alone.
struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  std::string_view static_body;

  std::string_view content() const { return static_body.empty() ? body : static_body; }
  void set(std::string_view name, std::string_view value) {
    headers.emplace_back(std::string(name), std::string(value));
  }
};

}  // namespace hss::api
