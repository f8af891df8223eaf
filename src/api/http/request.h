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

/// Header fields or query parameters in the order of arrival.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A client's request as plain data: the transport (HTTP or Lambda) fills in the first block, the
/// router the second. Values come from the client and are not to be trusted.
struct Request {
  std::string method;
  std::string target;  ///< as sent: path, percent-encoded, and query
  Fields headers;
  std::string body;
  std::string client_address;  ///< of the sender, as far as that can be believed
  bool is_secure = false;      ///< it came by https, as far as that can be believed
  /// The response must be ready by then.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  /// Must be called before the request's thread waits for the disk, so that another request can be
  /// served.
  std::function<void()> before_wait = [] {};

  std::string path;                   ///< decoded, without the query
  std::vector<std::string> segments;  ///< of the path, each decoded
  Fields query;                       ///< decoded
  Fields parameters;                  ///< of the path, by the names in the route's pattern
  std::string_view route;             ///< the route's pattern; empty if none matched
  std::string request_id;
  domain::Principal principal;  ///< authenticated

  /// The first header of that name, in any case; nullptr if there is none.
  const std::string* find_header(std::string_view name) const;
  std::size_t count_headers(std::string_view name) const;
  /// The query's first parameter of that name; nullptr if there is none.
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
