#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/stream_sink.h"

namespace hss::api {

/// What is answered, as plain data. The body is `body`, or `static_body` where that is not empty:
/// bytes that live as long as the program. To a HEAD the transport sends its length alone. Where
/// `on_stream` is set the answer has no body of its own and no length: it goes on until somebody
/// ends it.
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
  /// The answer is another where the request's header of that name is.
  void add_vary(std::string_view name) {
    for (auto& [key, value] : headers) {
      if (key == "Vary") return void(value.append(", ").append(name));
    }
    set("Vary", name);
  }
};

}  // namespace hss::api
