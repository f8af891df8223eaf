#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/base_path.h"
#include "api/http/conditional_get.h"
#include "api/http/host.h"
#include "api/http/origin.h"
#include "api/http/request.h"
#include "api/http/response.h"
#include "api/http/route_table.h"
#include "api/route.h"
#include "api/services.h"
#include "api/site/asset.h"
#include "domain/deferred.h"
#include "domain/error.h"
#include "domain/reference.h"

namespace hss::api {

/// What the router is set up with.
struct RouterOptions {
  AllowedOrigins allowed_origins{std::vector<std::string>{"*"}};
  BasePath base_path;
  std::optional<AllowedHosts> allowed_hosts;  ///< none: a request may name any
  std::size_t max_body = 1024 * 1024;         ///< bytes
  domain::RandomBytes random;
  /// Told of failures that are bugs, with the request id, for the log. Called from any thread.
  std::function<void(const std::string&)> report;
  /// Answers what is not served here, whether or not there is a route for it; none: it is served.
  /// The request's path is known by then, and nothing of who asks.
  std::function<std::optional<Response>(const Request&)> reject_unserved = [](const Request&) {
    return std::nullopt;
  };
};

/// A request that is answered, or one whose change gets on the disk first.
struct PendingResponse {
  std::optional<Response> response;
  domain::Deferred<Response> deferred;  ///< where there is no response yet
};

/// Answers every request: finds the route (route_table), authenticates, checks access, runs the
/// handler (conditional_get, idempotency), and turns what is thrown into the contract's errors.
/// Never throws. Thread-safe.
class Router {
 public:
  /// `routes` outlives the router.
  Router(const std::vector<Route>& routes, Services services, RouterOptions options);

  /// Fills in the request's second block on the way.
  Response handle(Request& request) const;

  /// The same for who can do something else while a change gets on the disk. The request lives
  /// until its answer is there; its body does not.
  PendingResponse begin(Request& request) const;

  /// The answer to a request that whoever speaks HTTP had to refuse before it was whole.
  Response reject(Request& request, const domain::Error& error) const;

 private:
  PendingResponse dispatch(Request& request) const;
  PendingResponse run(const Route& route, const Request& request) const;
  void give_id(Request& request) const;
  template <class Handle>
  auto catching(const Request& request, const Handle& handle) const -> decltype(handle());
  void finish(const Request& request, Response& response) const;

  RouteTable routes_;
  Services services_;
  RouterOptions options_;
  const AssetFiles files_;
  const std::string run_id_;  ///< random: with a count behind it, a request id of our own
  mutable std::atomic<std::uint64_t> last_request_ = 0;
  mutable ConditionalGet conditional_get_;
};

}  // namespace hss::api
