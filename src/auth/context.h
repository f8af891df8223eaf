#pragma once

#include <functional>
#include <string>

#include "domain/accounts/principal.h"
#include "domain/store.h"

namespace hss::auth {

/// The caller and its origin. Only the principal is to be trusted.
struct Context {
  domain::Principal principal;  ///< authenticated
  std::string client_address;   ///< of the sender, as far as that can be believed
  std::string request_id;
  /// Must be called before the thread waits for the disk or hashes, so that another request is
  /// served.
  std::function<void()> before_wait = [] {};

  domain::Caller caller() const { return {.principal = principal, .request_id = request_id}; }
};

/// A change that is ready to be made and returns a Result. All slow work is done before.
template <class Result>
using Ready = std::function<Result(domain::Tx&)>;

}  // namespace hss::auth
