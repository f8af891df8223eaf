#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/request.h"
#include "api/http/response.h"
#include "api/services.h"
#include "domain/accounts/principal.h"
#include "domain/store.h"

namespace hss::api {

/// A handler parses the request, throws validation errors, and returns the remaining work: one call
/// on a view of the data, and the response made from it. The router runs a Command as one unit of
/// work, which also stores the idempotency record if the client sent a key, and only if the
/// caller's session has not ended. The work never blocks: slow steps run before the handler
/// returns, and the work reads again what it relies on.
using Query = std::function<Response(domain::Reader&)>;
using Command = std::function<Response(domain::Tx&)>;

using Handler = std::variant<Response (*)(const Request&, const Services&),  // needs no data
                             Query (*)(const Request&, const Services&),
                             Command (*)(const Request&, const Services&)>;

/// The later requests that a response serves: only those with the same Idempotency-Key; also those
/// that name its ETag (for a Query that always answers 200), which holds for a week, where the
/// response says what today is for a day, or what can be done now for a minute, or is that of the
/// thing's version; or none, as the response has a secret, which must not be stored twice.
enum class Caching {
  not_cached,
  with_etag,
  with_etag_by_day,
  with_etag_by_minute,
  with_version_etag,
  never_replayed
};

/// The credentials that a route accepts.
enum class CredentialSource { by_token, by_ticket_too };

/// The callers that may use a route in one of the modes.
struct AccessPolicy {
  enum class Audience {
    closed,       ///< nobody: the mode has no such route
    open,         ///< anyone, signed in or not
    people,       ///< accounts in one of the roles
    own_browser,  ///< of those, the ones that signed in with a password, not on a kiosk
    kiosks,       ///< a kiosk that nobody has unlocked
    signed_in,    ///< accounts in one of the roles, and locked kiosks
  };

  Audience audience = Audience::closed;
  std::vector<domain::Role> roles;
};

struct Access {
  AccessPolicy demo;
  AccessPolicy accounts;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< segments; `:name` matches any one
  Access who;
  Handler handler;
  Caching again = Caching::not_cached;
  CredentialSource credential = CredentialSource::by_token;
  std::size_t max_body = 0;  ///< bytes; 0: as RouterOptions has it
};

/// Every route of the API, one per line.
const std::vector<Route>& routes();

}  // namespace hss::api
