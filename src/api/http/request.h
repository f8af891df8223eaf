#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/context.h"
#include "domain/accounts/principal.h"

namespace hss::api {

/// Header fields or query parameters in the order in which they came.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// What a client asks, as plain data: whoever speaks HTTP (transport/) or Lambda fills in the first
/// block, the router the second. Values are the client's and not to be trusted.
struct Request {
  std::string method;
  std::string target;  ///< as sent: path, percent-encoded, and query
  Fields headers;
  std::string body;
  std::string client_address;  ///< of who sent it, as far as that can be believed
  bool is_secure = false;      ///< it came by https, as far as that can be believed
  /// The answer must be ready by then.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  /// Called before the request's thread waits for the disk, so that another may be served
  /// meanwhile.
  std::function<void()> before_wait = [] {};

  std::string path;                   ///< decoded, without the query
  std::vector<std::string> segments;  ///< of the path, each decoded
  Fields query;                       ///< decoded
  Fields parameters;                  ///< the path's, by the names in the route's pattern
  std::string_view route;             ///< that pattern; empty where none matched
  std::string request_id;
  domain::Principal principal;  ///< authenticated

  /// The first header of that name, in any case; nullptr where there is none.
  const std::string* find_header(std::string_view name) const;
  std::size_t count_headers(std::string_view name) const;
  /// The query's first parameter of that name; nullptr where there is none.
  const std::string* find_query(std::string_view name) const;
  /// A path parameter of the route that matched.
  const std::string& parameter(std::string_view name) const;

  domain::Caller caller() const { return {.principal = principal, .request_id = request_id}; }
  auth::Context context() const { return {principal, client_address, request_id, before_wait}; }
};

/// Fills in path, segments and query from `target`. Throws Error{validation_error} for a broken
/// percent-encoding, a NUL or another control character, or text that is not UTF-8.
void parse_target(Request& request);

}  // namespace hss::api
