#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/stream_sink.h"

namespace hss::api {

/// A response as plain data. The body is `body`, or `static_body` if that is not empty: bytes that
/// live as long as the program. For HEAD the transport sends only the length. With `on_stream` the
/// response has neither a body nor a length: it continues until one side ends it.
struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  std::string_view static_body;
  OnStream on_stream;

  std::string_view content() const { return static_body.empty() ? body : static_body; }
  void set(std::string_view name, std::string_view value) {
    headers.emplace_back(std::string(name), std::string(value));
  }
  /// Says that the response depends on the request's header of that name.
  void add_vary(std::string_view name) {
    for (auto& [key, value] : headers) {
      if (key == "Vary") return void(value.append(", ").append(name));
    }
    set("Vary", name);
  }
};

}  // namespace hss::api
