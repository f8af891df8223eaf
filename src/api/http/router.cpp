#include "api/http/router.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "api/http/compression.h"
#include "api/http/errors.h"
#include "api/http/etag.h"
#include "auth/rate_limiter.h"
#include "crypto/digest.h"
#include "domain/accounts/account_service.h"
#include "domain/exhaustion.h"
#include "domain/reference.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::size_t max_target_length = 4096;

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Also with a slash too many or in capitals: a monitor would take the page for a sign of health.
bool is_api_path(std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::string first = domain::to_lower(path.substr(0, path.find_first_of("/?")));
  return first == "api" || first == "health" || first == "metrics";
}

/// Also where the target could not be read to its end.
bool is_api(const Request& request) {
  return is_api_path(request.path) || is_api_path(request.target);
}

std::string random_text(const domain::RandomBytes& random) {
  std::array<std::uint8_t, 8> bytes{};
  random(bytes);
  return crypto::to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// The client's request id, where it is one.
const std::string* find_request_id(const Request& request) {
  constexpr std::size_t max_id_length = 128;
  const std::string* given = request.find_header("X-Request-Id");
  const bool usable = given != nullptr && !given->empty() && given->size() <= max_id_length &&
                      is_visible_ascii(*given);
  return usable ? given : nullptr;
}

std::vector<std::string_view> segments_of(std::string_view pattern) {
  std::vector<std::string_view> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    segments.push_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return segments;
}

/// As references are issued; what is none of that collection's stays as it is.
std::string parameter_of(std::string_view collection, const std::string& segment) {
  const std::string_view prefix = collection == "bookings"   ? domain::booking_prefix
                                  : collection == "webhooks" ? domain::webhook_prefix
                                  : collection == "accounts" ? domain::account_prefix
                                                             : std::string_view();
  if (prefix.empty()) return segment;
  return domain::parse_reference(segment, prefix).value_or(segment);
}

std::optional<Fields> match(const std::vector<std::string_view>& wanted,
                            const std::vector<std::string>& segments) {
  const bool fits = std::equal(wanted.begin(), wanted.end(), segments.begin(), segments.end(),
                               [](std::string_view part, const std::string& segment) {
                                 return part.starts_with(':') ? !segment.empty() : part == segment;
                               });
  if (!fits) return std::nullopt;
  Fields parameters;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].starts_with(':')) continue;
    const std::string_view collection = i == 0 ? std::string_view() : wanted[i - 1];
    parameters.emplace_back(wanted[i].substr(1), parameter_of(collection, segments[i]));
  }
  return parameters;
}

/// Which of two would count is anybody's guess, and so an attacker's choice.
void require_single_headers(const Request& request) {
  constexpr std::array<std::string_view, 7> single{
      "authorization", "content-type", "idempotency-key", "last-event-id",
      "origin",        "x-hss-role",   "x-request-id"};
  for (const std::string_view name : single) {
    if (request.count_headers(name) > 1) {
      throw Error(ErrorCode::validation_error,
                  "The header " + std::string(name) + " is there twice");
    }
  }
}

void require_role(const std::vector<domain::Role>& roles, domain::Role role) {
  if (std::find(roles.begin(), roles.end(), role) != roles.end()) return;
  std::string names;
  for (const auto one : roles) {
    names += (names.empty() ? "'" : ", '") + std::string(domain::to_text(one)) + "'";
  }
  throw Error(ErrorCode::forbidden, "Your role may not do this",
              {"required_roles=[" + names + "]"});
}

void require_access(const Access& access, const domain::Principal& principal) {
  using domain::AuthMethod;
  using Audience = AccessPolicy::Audience;
  const AccessPolicy& who =
      principal.auth_method == AuthMethod::by_role ? access.demo : access.accounts;
  if (who.audience == Audience::closed) {
    throw Error(ErrorCode::conflict, "This server is in demo mode, where there are no accounts");
  }
  if (who.audience == Audience::open) return;
  if (!principal.is_authenticated()) {
    throw Error(ErrorCode::unauthorized, "You are not signed in, or no longer; please sign in");
  }
  const bool is_kiosk = principal.auth_method == AuthMethod::kiosk;
  if (is_kiosk && (who.audience == Audience::people || who.audience == Audience::own_browser)) {
    throw Error(ErrorCode::forbidden, "This screen is locked; unlock it first");
  }
  if (!is_kiosk && who.audience == Audience::kiosks) {
    throw Error(ErrorCode::forbidden, "This is for a shared screen's own token");
  }
  if (!is_kiosk) require_role(who.roles, principal.role);
  if (who.audience == Audience::own_browser && principal.auth_method == AuthMethod::on_kiosk) {
    throw Error(ErrorCode::forbidden,
                "This is not possible on a shared screen; sign in with your password in a browser "
                "of your own");
  }
}

void require_json(const Request& request) {
  const std::string* type = request.find_header("Content-Type");
  const bool reads_body = request.method == "POST" || request.method == "PATCH";
  if (!reads_body || type == nullptr || request.body.empty()) return;
  const auto media =
      domain::to_lower(domain::trim(std::string_view(*type).substr(0, type->find(';'))));
  if (media == "application/json" ||
      (media.starts_with("application/") && media.ends_with("+json")))
    return;
  throw Error(ErrorCode::unsupported_media_type,
              "The body must be JSON; send Content-Type: application/json");
}

const std::string* find_key(const Request& request) {
  constexpr std::size_t max_key_length = 255;
  if (request.method != "POST" && request.method != "PATCH") return nullptr;
  const std::string* key = request.find_header("Idempotency-Key");
  if (key != nullptr && (key->empty() || key->size() > max_key_length || !is_visible_ascii(*key))) {
    throw Error(ErrorCode::validation_error,
                "Idempotency-Key must be 1 to 255 visible ASCII characters");
  }
  return key;
}

/// Of what makes two requests the same: method, path and body. Length-prefixed, so that no two
/// different requests run together.
std::string fingerprint_of(const Request& request) {
  std::string text;
  for (const std::string* part : {&request.method, &request.path, &request.body}) {
    text += std::to_string(part->size()) + ":" + *part;
  }
  return crypto::to_hex(crypto::sha256(text));
}

/// On whose account the answer is kept. In demo mode anybody can say to be any account, so whoever
/// asks from another machine is their address; what this machine leaves without an account is its
/// own affair.
std::string holder_of(const Request& request) {
  const domain::Principal& principal = request.principal;
  const bool can_be_believed = principal.auth_method != domain::AuthMethod::by_role ||
                               is_this_machine(request.client_address);
  if (can_be_believed) return principal.account;
  return "from " + network_of(request.client_address);
}

Error too_many_answers(const std::string& oldest, domain::Instant now) {
  using std::chrono::seconds;
  const auto left = domain::from_rfc3339(oldest) + domain::idempotency_key_lifetime - now;
  return Error::rate_limited(
      "You have used " + std::to_string(domain::max_idempotency_records_per_holder) +
          " Idempotency-Keys in 24 hours; send it without one, or try again later",
      std::clamp<seconds>(std::chrono::ceil<seconds>(left), seconds(1),
                          domain::idempotency_key_lifetime));
}

Response replay(const domain::IdempotencyRecord& answer, const std::string& fingerprint) {
  if (answer.fingerprint != fingerprint) {
    throw Error(ErrorCode::conflict,
                "This Idempotency-Key was used for another request; use a new one");
  }
  Response response{.status = answer.status, .headers = {}, .body = answer.body, .static_body = {}};
  response.set("Content-Type", "application/json");
  if (!answer.location.empty()) response.set("Location", answer.location);
  // Whether the first one said so is not remembered.
  response.set("Cache-Control", "no-store");
  response.set("Idempotent-Replayed", "true");
  return response;
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

std::string location_of(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  return {};
}

/// What a client hears where the system has no more of something, and not which of its limits the
/// program has met.
Error exhausted() {
  return {ErrorCode::unavailable, "The server has no room for this just now; please try again"};
}

}  // namespace

struct Router::Match {
  const Route* route = nullptr;
  Fields parameters;
  std::string allowed;  ///< the path's methods, where none of its routes has the request's
};

Router::Router(const std::vector<Route>& routes, Services services, RouterOptions options)
    : services_(std::move(services)),
      options_(std::move(options)),
      files_(options_.base_path),
      run_id_(random_text(options_.random)) {
  for (const Route& route : routes) {
    routes_.push_back({.route = &route, .segments = segments_of(route.pattern)});
  }
}

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
  // It is read by now, and many may wait; `= {}` would keep its memory.
  std::string().swap(request.body);
  pending.deferred.rest = [this, &request, rest = std::move(pending.deferred.rest)] {
    Response response = catching(request, rest);
    finish(request, response);
    return response;
  };
  return pending;
}

Response Router::reject(Request& request, const Error& error) const {
  give_id(request);
  Response response = error_response(error, request);
  set_common_headers(request, response);
  return response;
}

void Router::give_id(Request& request) const {
  const std::string* given = find_request_id(request);
  request.request_id = given ? *given : run_id_ + "-" + std::to_string(++last_request_);
}

/// What `handle` gives, or the answer that says what it threw.
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
  Match match = find_route(request);
  if (match.route == nullptr && match.allowed.empty()) {
    throw Error(ErrorCode::not_found, "There is nothing at " + domain::excerpt(request.path));
  }
  if (match.route == nullptr) return answered(not_allowed(request, match.allowed));
  request.parameters = std::move(match.parameters);
  request.route = match.route->pattern;
  request.principal = authenticate(*match.route, request);
  require_access(match.route->who, request.principal);
  if (request.body.size() > options_.max_body) {
    throw Error(ErrorCode::payload_too_large,
                "The body is larger than " + std::to_string(options_.max_body) + " bytes");
  }
  require_json(request);
  return run(*match.route, request);
}

domain::Principal Router::authenticate(const Route& route, const Request& request) const {
  const std::string* ticket =
      route.credential == CredentialSource::by_ticket_too ? request.find_query("ticket") : nullptr;
  if (ticket == nullptr) return services_.authenticator.authenticate(request);
  const auto holder = services_.tickets->take(*ticket);
  const bool holds = holder && services_.store.read([&](domain::Reader& reader) {
    return services_.authenticator.holds(reader, *holder);
  });
  if (!holds) {
    throw Error(ErrorCode::unauthorized, "This ticket was used or has expired; ask for a new one");
  }
  return *holder;
}

Router::Match Router::find_route(const Request& request) const {
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  Match found;
  for (const Entry& entry : routes_) {
    auto parameters = match(entry.segments, request.segments);
    if (!parameters) continue;
    const Route& route = *entry.route;
    if (route.method == method) return {.route = &route, .parameters = *parameters, .allowed = {}};
    found.allowed += std::string(route.method) + ", ";
    if (route.method == "GET") found.allowed += "HEAD, ";
  }
  if (!found.allowed.empty()) found.allowed += "OPTIONS";
  return found;
}

PendingResponse Router::run(const Route& route, const Request& request) const {
  // What nobody in particular asked is remembered for nobody: anyone could fill the memory, and
  // hear another's answer.
  const std::string* key = request.principal.is_authenticated() ? find_key(request) : nullptr;
  if (route.again == Caching::never_replayed) key = nullptr;
  if (const auto* direct = std::get_if<0>(&route.handler))
    return answered((*direct)(request, services_));
  if (const auto* query = std::get_if<1>(&route.handler)) {
    if (route.again == Caching::with_etag) return answered(query_unless_cached(*query, request));
    Query work = (*query)(request, services_);
    if (key == nullptr) return answered(services_.store.read(work));
    return {.response = {},
            .deferred = transact_once([work = std::move(work)](domain::Tx& tx) { return work(tx); },
                                      request, *key)};
  }
  Command work = std::get<2>(route.handler)(request, services_);
  return {.response = {},
          .deferred = key == nullptr ? transact(std::move(work), request)
                                     : transact_once(std::move(work), request, *key)};
}

Response Router::query_unless_cached(Query (*make)(const Request&, const Services&),
                                     const Request& request) const {
  // Taken before the data and the time are looked at: a change in between gives a tag too old,
  // never one too new.
  // Both only grow, so no two states have one sum.
  const std::uint64_t revision =
      services_.store.revision() + (services_.backups ? services_.backups->changes() : 0);
  const std::string etag = etag_of(request, revision, services_.now());
  const Query query = make(request, services_);
  Response response;
  // Only an answer 200 to this very request by this caller has had this tag, and nothing has
  // changed since. `*` says nothing of the kind, so there the answer must be looked for.
  const bool is_known = names_etag(request, etag);
  if (!is_known) {
    if (auto kept = response_cache_.find(etag, request)) {
      response = *std::move(kept);
    } else {
      response = services_.store.read(query);
      response_cache_.keep(etag, revision, response, request);
      // Packed once for all who take it so.
      if (auto again = response_cache_.find(etag, request)) response = *std::move(again);
    }
  }
  if (is_known || names_any_etag(request)) {
    response = {.status = 304, .headers = {}, .body = {}, .static_body = {}};
  }
  response.set("ETag", etag);
  response.set("Cache-Control", "private, no-cache");
  response.add_vary("Authorization, X-HSS-Role");
  // As the answer that it stands for has (compression.h).
  if (response.status == 304) response.add_vary("Accept-Encoding");
  return response;
}

domain::Deferred<Response> Router::transact(Command command, const Request& request) const {
  return services_.store.transact_deferred(
      [&request, command = std::move(command)](domain::Tx& tx) -> Response {
        domain::require_session(tx, request.principal);
        return command(tx);
      });
}

domain::Deferred<Response> Router::transact_once(Command command, const Request& request,
                                                 const std::string& key) const {
  using domain::to_rfc3339;
  const domain::Instant now = services_.now();
  const auto once = [&request, &key, now,
                     not_before = to_rfc3339(now - domain::idempotency_key_lifetime),
                     created_at = to_rfc3339(now), fingerprint = fingerprint_of(request),
                     holder = holder_of(request)](Command first_time) -> Command {
    return [=, &request, &key, first_time = std::move(first_time)](domain::Tx& tx) {
      const std::string& scope = request.principal.account;
      if (const auto first = tx.find_idempotency_record(scope, key, not_before)) {
        return replay(*first, fingerprint);
      }
      if (!holder.empty()) {
        const auto oldest = tx.find_blocking_idempotency_record(
            holder, not_before, domain::max_idempotency_records_per_holder);
        if (oldest) throw too_many_answers(*oldest, now);
      }
      Response response = first_time(tx);
      tx.insert_idempotency_record({.scope = scope,
                                    .key = key,
                                    .fingerprint = fingerprint,
                                    .status = response.status,
                                    .body = response.body,
                                    .location = location_of(response),
                                    .created_at = created_at,
                                    .holder = holder},
                                   not_before);
      return response;
    };
  };
  auto first = transact(once(std::move(command)), request);
  first.rest = [this, &request, once, rest = std::move(first.rest)] {
    try {
      return rest();
    } catch (const Error& error) {
      // A refusal by the rules is an answer like any other: the same key hears it again. A key that
      // met another request, and failures that may pass, are not kept.
      const int status = status_of(error.code());
      if (status != 404 && status != 409) throw;
      request.before_wait();
      return transact(once([&](domain::Tx&) { return error_response(error, request); }), request)
          .now();
    }
  };
  return first;
}

void Router::finish(const Request& request, Response& response) const {
  domain::keep_memory_reserve();
  compress(request, response);
  options_.base_path.add_to(response);
  set_common_headers(request, response);
}

void Router::set_common_headers(const Request& request, Response& response) const {
  response.set("X-Request-Id", request.request_id);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  if (request.is_secure) response.set("Strict-Transport-Security", "max-age=31536000");
  if (!is_api(request)) {
    // The demo's settings panel may name another server's API, so connections may leave the origin.
    const bool is_demo = services_.accounts == nullptr;
    response.set("Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                 "blob:; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src "
                 "'self'" +
                     std::string(is_demo ? " http: https:" : "") +
                     "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    response.set("X-Frame-Options", "DENY");
    return;
  }
  const std::string* origin = request.find_header("Origin");
  if (options_.allowed_origins.allows_any()) {
    response.set("Access-Control-Allow-Origin", "*");
  } else {
    response.add_vary("Origin");
    if (origin == nullptr || !options_.allowed_origins.allows(*origin)) return;
    response.set("Access-Control-Allow-Origin", *origin);
  }
  response.set("Access-Control-Expose-Headers", "X-Request-Id, ETag, Location, Retry-After");
  if (request.method == "OPTIONS") {
    response.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    response.set("Access-Control-Allow-Headers",
                 "Content-Type, Authorization, X-HSS-Role, X-Request-Id, Idempotency-Key, "
                 "If-None-Match, If-Match, Last-Event-ID");
    response.set("Access-Control-Max-Age", "600");
  }
}

}  // namespace hss::api
