#include "api/http/compression.h"

#include <algorithm>
#include <utility>

#include "api/http/accept_encoding.h"
#include "api/http/gzip.h"

namespace hss::api {
namespace {

bool has(const Response& response, std::string_view name, std::string_view value = {}) {
  return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
    return header.first == name && (value.empty() || header.second == value);
  });
}

}  // namespace

void set_encoded(Response& response, std::string packed) {
  response.static_body = {};
  response.body = std::move(packed);
  response.set("Content-Encoding", "gzip");
  response.add_vary("Accept-Encoding");
}

void compress(const Request& request, Response& response) {
  if (response.content().size() < least_compressed || has(response, "Content-Encoding")) return;
  if (!has(response, "Content-Type", "application/json")) return;
  if (has(response, "Cache-Control", "no-store")) return;
  if (accepts_encoding(request, "gzip")) {
    set_encoded(response, GzipText(response.content()).close(""));
  } else {
    response.add_vary("Accept-Encoding");
  }
}

}  // namespace hss::api
