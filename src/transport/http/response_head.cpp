#include "transport/http/response_head.h"

#include <httplib.h>

namespace hss::transport {

std::string head_of(const api::Response& response, bool closes) {
  std::string head;
  head.reserve(1024);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(httplib::status_message(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
  const bool has_length = response.status != 204 && response.status != 304 && !response.on_stream;
  if (has_length) {
    head.append("Content-Length: ").append(std::to_string(response.content().size()));
    head.append("\r\n");
  }
  if (closes) head.append("Connection: close\r\n");
  return head.append("\r\n");
}

}  // namespace hss::transport
