#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/request.h"
#include "api/response.h"
#include "api/services.h"
#include "domain/principal.h"
#include "domain/store.h"

namespace hss::api {

/// A handler reads the request and throws what is wrong with it, then gives the work that remains:
/// one call on a view of the data and the answer made of it. The router runs that work, a Change
/// as one unit of work, together with the memory of its answer where the client sent a key, and
/// only if the caller's session still holds then. What takes time comes before: the work waits for
/// nothing, and reads again what it relies on.
using Query = std::function<Response(domain::Reader&)>;
using Command = std::function<Response(domain::Tx&)>;

using Handler = std::variant<Response (*)(const Request&, const Services&),  // needs no data
                             Query (*)(const Request&, const Services&),
                             Command (*)(const Request&, const Services&)>;

/// How an earlier answer serves who asks again: not at all but to an Idempotency-Key; by its ETag
/// (a Look whose answers are all 200); or not even to a key, as it holds a secret that would be
/// kept in a second place.
enum class Caching { not_cached, with_etag, never_replayed };

/// What tells who asks.
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
