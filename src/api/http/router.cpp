#include "api/http/router.h"

#include <array>
#include <utility>

#include "api/http/access.h"
#include "api/http/authentication.h"
#include "api/http/compression.h"
#include "api/http/errors.h"
#include "api/http/idempotency.h"
#include "api/http/request_checks.h"
#include "api/http/security_headers.h"
#include "crypto/digest.h"
#include "domain/exhaustion.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::size_t max_target_length = 4096;

std::string random_text(const domain::RandomBytes& random) {
  std::array<std::uint8_t, 8> bytes{};
  random(bytes);
  return crypto::to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

PendingResponse answered(Response response) {
  return {.response = std::move(response), .deferred = {}};
}

Response not_allowed(const Request& request, std::string_view allowed) {
  const Error error(ErrorCode::method_not_allowed, "This method is not possible here");
  Response response = error_response(error, request);
  response.set("Allow", allowed);
  return response;
}

/// A client learns that the system is out of some resource, and not which of the program's limits
/// it met.
Error exhausted() {
  return {ErrorCode::unavailable, "The server has no room for this just now; please try again"};
}

}  // namespace

Router::Router(const std::vector<Route>& routes, Services services, RouterOptions options)
    : routes_(routes),
      services_(std::move(services)),
      options_(std::move(options)),
      files_(options_.base_path),
      run_id_(random_text(options_.random)) {}

Response Router::handle(Request& request) const {
  PendingResponse pending = begin(request);
  if (pending.response) return *std::move(pending.response);
  request.before_wait();
  return pending.deferred.now();
}

PendingResponse Router::begin(Request& request) const {
  give_id(request);
  PendingResponse pending = catching(request, [&] { return dispatch(request); });
  if (pending.response) {
    finish(request, *pending.response);
    return pending;
  }
  // The body is parsed by now, and many requests may wait; `= {}` would keep its memory.
  std::string().swap(request.body);
  pending.deferred.rest = [this, &request, rest = std::move(pending.deferred.rest)] {
    Response response = catching(request, rest);
    finish(request, response);
    return response;
  };
  return pending;
}

std::optional<std::size_t> Router::find_max_body(std::string_view method,
                                                 std::string_view target) const {
  if (target.size() > max_target_length) return std::nullopt;
  Request request;
  request.method = method;
  request.target = target;
  try {
    parse_target(request);
    options_.base_path.remove_from(request);
  } catch (const Error&) {
    return std::nullopt;
  }
  const api::Route* route = routes_.find(request).route;
  if (route == nullptr || route->max_body == 0) return std::nullopt;
  return route->max_body;
}

Response Router::reject(Request& request, const Error& error) const {
  give_id(request);
  Response response = error_response(error, request);
  secure(request, response);
  return response;
}

void Router::give_id(Request& request) const {
  const std::string* given = find_request_id(request);
  request.request_id = given ? *given : run_id_ + "-" + std::to_string(++last_request_);
}

/// Returns the response of `handle`, or the error response for what it threw.
template <class Handle>
auto Router::catching(const Request& request, const Handle& handle) const -> decltype(handle()) {
  try {
    return handle();
  } catch (const Error& error) {
    return {error_response(error, request)};
  } catch (const std::exception& failure) {
    options_.report("request " + request.request_id + ": " + failure.what());
    if (domain::is_exhaustion(failure)) return {error_response(exhausted(), request)};
    return {
        error_response(Error(ErrorCode::internal, "Something went wrong on our side"), request)};
  }
}

PendingResponse Router::dispatch(Request& request) const {
  if (request.target.size() > max_target_length) {
    throw Error(ErrorCode::validation_error, "The address is too long");
  }
  parse_target(request);
  options_.base_path.remove_from(request);
  require_single_headers(request);
  if (options_.allowed_hosts) options_.allowed_hosts->require_host(request);
  if (request.method != "OPTIONS") {
    if (auto unserved = options_.reject_unserved(request)) return answered(*std::move(unserved));
  }
  const bool asks_no_password = services_.accounts == nullptr;
  if (asks_no_password) require_trusted_origin(request, options_.allowed_origins);
  if (!is_api(request)) {
    if (request.method != "GET" && request.method != "HEAD")
      return answered(not_allowed(request, "GET, HEAD"));
    return answered(files_.get(request));
  }
  if (request.method == "OPTIONS")
    return answered({.status = 204, .headers = {}, .body = {}, .static_body = {}});
  RouteTable::Match match = routes_.find(request);
  if (match.route == nullptr && match.allowed.empty()) {
    throw Error(ErrorCode::not_found, "There is nothing at " + domain::excerpt(request.path));
  }
  if (match.route == nullptr) return answered(not_allowed(request, match.allowed));
  request.parameters = std::move(match.parameters);
  request.route = match.route->pattern;
  if (services_.store.waits_to_read()) request.before_wait();
  request.principal = authenticate(*match.route, request, services_);
  require_access(match.route->who, request.principal);
  const std::size_t max_body =
      match.route->max_body > 0 ? match.route->max_body : options_.max_body;
  if (request.body.size() > max_body) {
    throw Error(ErrorCode::payload_too_large,
                "The body is larger than " + std::to_string(max_body) + " bytes");
  }
  require_json(request);
  return run(*match.route, request);
}

PendingResponse Router::run(const Route& route, const Request& request) const {
  // A caller that is not authenticated gets no idempotency record: anyone could fill the store, and
  // read another's response.
  const std::string* key =
      request.principal.is_authenticated() ? find_idempotency_key(request) : nullptr;
  if (route.again == Caching::never_replayed) key = nullptr;
  if (const auto* direct = std::get_if<0>(&route.handler))
    return answered((*direct)(request, services_));
  if (const auto* query = std::get_if<1>(&route.handler)) {
    if (has_etag_of_revision(route.again))
      return answered(conditional_get_.get(*query, request, services_, route.again));
    Query work = (*query)(request, services_);
    if (key == nullptr) return answered(services_.store.read(work));
    return {.response = {},
            .deferred = transact_once([work = std::move(work)](domain::Tx& tx) { return work(tx); },
                                      request, *key, services_)};
  }
  Command work = std::get<2>(route.handler)(request, services_);
  return {.response = {},
          .deferred = key == nullptr ? transact(std::move(work), request, services_)
                                     : transact_once(std::move(work), request, *key, services_)};
}

void Router::secure(const Request& request, Response& response) const {
  set_security_headers(request,
                       {.origins = options_.allowed_origins,
                        .upload_origin = options_.upload_origin,
                        .is_demo = services_.accounts == nullptr},
                       response);
}

void Router::finish(const Request& request, Response& response) const {
  domain::keep_memory_reserve();
  compress(request, response);
  options_.base_path.add_to(response);
  secure(request, response);
}

}  // namespace hss::api
