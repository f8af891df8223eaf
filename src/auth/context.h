#pragma once

#include <functional>
#include <string>

#include "domain/accounts/principal.h"
#include "domain/store.h"

namespace hss::auth {

/// Who asks, from where. Values are not to be trusted, but for the principal.
struct Context {
  domain::Principal principal;  ///< authenticated
  std::string client_address;   ///< of who sent the request, as far as that can be believed
  std::string request_id;
  /// Called before the thread waits for the disk or hashes, so that another request is served.
  std::function<void()> before_wait = [] {};

  domain::Caller caller() const { return {.principal = principal, .request_id = request_id}; }
};

/// A change that is ready to be made, and gives a Result. All that takes time is done.
template <class Result>
using Ready = std::function<Result(domain::Tx&)>;

}  // namespace hss::auth
