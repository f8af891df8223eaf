#pragma once

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

/// A handler parses the request, throws what is wrong with it, and returns the work that remains:
/// one call on a view of the data and the response made of it. The router runs a Command as one
/// unit of work, which stores the idempotency record where the client sent a key, and only if the
/// caller's session still holds. The work waits for nothing: what takes time is done before it is
/// returned, and the work reads again what it relies on.
using Query = std::function<Response(domain::Reader&)>;
using Command = std::function<Response(domain::Tx&)>;

using Handler = std::variant<Response (*)(const Request&, const Services&),  // needs no data
                             Query (*)(const Request&, const Services&),
                             Command (*)(const Request&, const Services&)>;

/// Which later requests an answer serves: those with the same Idempotency-Key alone; those that
/// name its ETag, too (a Query that always answers 200); or none, as the answer holds a secret,
/// which is kept in no second place.
enum class Caching { not_cached, with_etag, never_replayed };

/// Which credentials a route accepts.
enum class CredentialSource { by_token, by_ticket_too };

/// Who may use a route, in one of the modes.
struct AccessPolicy {
  enum class Audience {
    closed,       ///< nobody: the mode has no such thing
    open,         ///< anyone, known or not
    people,       ///< those in one of the roles
    own_browser,  ///< of them, those who signed in with a password, not on a shared screen
    kiosks,       ///< a shared screen that nobody has unlocked
    signed_in,    ///< people in one of the roles, and such a screen
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
  std::string_view pattern;  ///< segments; `:name` takes any one
  Access who;
  Handler handler;
  Caching again = Caching::not_cached;
  CredentialSource credential = CredentialSource::by_token;
};

/// Every route of the API, one line each.
const std::vector<Route>& routes();

}  // namespace hss::api
