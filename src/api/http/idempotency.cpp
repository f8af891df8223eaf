#include "api/http/idempotency.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "api/http/errors.h"
#include "api/http/request_checks.h"
#include "auth/rate_limiter.h"
#include "crypto/digest.h"
#include "domain/accounts/account_service.h"
#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

/// Two requests are the same if method, path and body are. Lengths go first, so that different
/// requests never give the same text.
std::string fingerprint_of(const Request& request) {
  std::string text;
  for (const std::string* part : {&request.method, &request.path, &request.body}) {
    text += std::to_string(part->size()) + ":" + *part;
  }
  return crypto::to_hex(crypto::sha256(text));
}

/// The holder that the record counts against. In demo mode a request can name any account, so a
/// request from another machine counts against its address; one from this machine without an
/// account counts against nobody.
std::string holder_of(const Request& request) {
  const domain::Principal& principal = request.principal;
  const bool can_be_believed = principal.auth_method != domain::AuthMethod::by_role ||
                               auth::is_this_machine(request.client_address);
  if (can_be_believed) return principal.account;
  return "from " + auth::network_of(request.client_address);
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
  // The record does not say if the first response had this header.
  response.set("Cache-Control", "no-store");
  response.set("Idempotent-Replayed", "true");
  return response;
}

std::string location_of(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  return {};
}

}  // namespace

const std::string* find_idempotency_key(const Request& request) {
  constexpr std::size_t max_key_length = 255;
  if (request.method != "POST" && request.method != "PATCH") return nullptr;
  const std::string* key = request.find_header("Idempotency-Key");
  if (key != nullptr && (key->empty() || key->size() > max_key_length || !is_visible_ascii(*key))) {
    throw Error(ErrorCode::validation_error,
                "Idempotency-Key must be 1 to 255 visible ASCII characters");
  }
  return key;
}

domain::Deferred<Response> transact(Command command, const Request& request,
                                    const Services& services) {
  return services.store.transact_deferred(
      [&request, command = std::move(command)](domain::Tx& tx) -> Response {
        domain::require_session(tx, request.principal);
        return command(tx);
      });
}

domain::Deferred<Response> transact_once(Command command, const Request& request,
                                         const std::string& key, const Services& services) {
  using domain::to_rfc3339;
  const domain::Instant now = services.now();
  const auto once = [&request, &key, now,
                     not_before = to_rfc3339(now - domain::idempotency_key_lifetime),
                     created_at = to_rfc3339(now), fingerprint = fingerprint_of(request),
                     holder = holder_of(request)](Command first_time) -> Command {
    return [=, &request, &key, first_time = std::move(first_time)](domain::Tx& tx) {
      const std::string& scope = request.principal.account;
      if (const auto first = tx.idempotency().find(scope, key, not_before)) {
        return replay(*first, fingerprint);
      }
      if (!holder.empty()) {
        const auto oldest = tx.idempotency().find_blocking(
            holder, not_before, domain::max_idempotency_records_per_holder);
        if (oldest) throw too_many_answers(*oldest, now);
      }
      Response response = first_time(tx);
      tx.idempotency().insert({.scope = scope,
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
  auto first = transact(once(std::move(command)), request, services);
  first.rest = [&request, &services, once, rest = std::move(first.rest)] {
    try {
      return rest();
    } catch (const Error& error) {
      // A rejection by the rules is a response, too: the same key gets it again. Rejections of a
      // key that another request used, and failures that may pass, are not stored.
      const int status = status_of(error.code());
      if (status != 404 && status != 409) throw;
      request.before_wait();
      return transact(once([&](domain::Tx&) { return error_response(error, request); }), request,
                      services)
          .now();
    }
  };
  return first;
}

}  // namespace hss::api
