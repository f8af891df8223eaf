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

/// The router's settings.
struct RouterOptions {
  AllowedOrigins allowed_origins{std::vector<std::string>{"*"}};
  BasePath base_path;
  std::optional<AllowedHosts> allowed_hosts;  ///< none: a request may name any host
  std::string upload_origin;  ///< where pages send and fetch photos; empty: from this server
  std::size_t max_body = 1024 * 1024;  ///< bytes, of routes that say none themselves
  domain::RandomBytes random;
  /// Called with failures that are bugs and the request id, for the log. Called from any thread.
  std::function<void(const std::string&)> report;
  /// Answers requests that this program does not serve, with or without a route; returns none for
  /// the others. The request's path is parsed by then; its sender is not authenticated yet.
  std::function<std::optional<Response>(const Request&)> reject_unserved = [](const Request&) {
    return std::nullopt;
  };
};

/// The response, or the continuation of a change that must reach the disk first.
struct PendingResponse {
  std::optional<Response> response;
  domain::Deferred<Response> deferred;  ///< if there is no response yet
};

/// Answers every request: finds the route (route_table), authenticates, checks access, runs the
/// handler (conditional_get, idempotency), and turns exceptions into the contract's errors. Never
/// throws. Thread-safe.
class Router {
 public:
  /// `routes` outlives the router.
  Router(const std::vector<Route>& routes, Services services, RouterOptions options);

  /// Also fills in the request's second block.
  Response handle(Request& request) const;

  /// Does the same for callers that can do other work while a change reaches the disk. The request
  /// lives until its response is ready; its body is freed before.
  PendingResponse begin(Request& request) const;

  /// Bytes of the largest body of a request to this target, if its route says so itself. Called
  /// before the rest of the request is there.
  std::optional<std::size_t> find_max_body(std::string_view method, std::string_view target) const;

  /// Answers a request that the transport had to reject before it was complete.
  Response reject(Request& request, const domain::Error& error) const;

 private:
  PendingResponse dispatch(Request& request) const;
  PendingResponse run(const Route& route, const Request& request) const;
  void give_id(Request& request) const;
  template <class Handle>
  auto catching(const Request& request, const Handle& handle) const -> decltype(handle());
  void secure(const Request& request, Response& response) const;
  void finish(const Request& request, Response& response) const;

  RouteTable routes_;
  Services services_;
  RouterOptions options_;
  const AssetFiles files_;
  const std::string run_id_;  ///< random; with a counter appended, it is our own request id
  mutable std::atomic<std::uint64_t> last_request_ = 0;
  mutable ConditionalGet conditional_get_;
};

}  // namespace hss::api
