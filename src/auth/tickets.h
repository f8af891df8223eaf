#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/ticket_store.h"
#include "domain/reference.h"

namespace hss::auth {

/// Tickets for clients that cannot send a token in a header: each authenticates its bearer once, as
/// the principal that asked for it, within domain::ticket_lasts. Thread-safe.
class Tickets {
 public:
  /// `store` outlives it.
  Tickets(domain::TicketStore& store, domain::RandomBytes random);

  /// Drops the principal's earliest tickets if it has too many unused. Throws Error{rate_limited}
  /// if there are too many in all.
  std::string issue(const domain::Principal& holder);
  /// Returns the ticket's holder and drops the ticket; empty if it was used, has expired or is
  /// unknown. The caller must check that the holder's session has not ended.
  std::optional<domain::Principal> take(std::string_view ticket);

 private:
  domain::TicketStore& store_;
  const domain::RandomBytes random_;
};

}  // namespace hss::auth
