#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/ticket_store.h"
#include "domain/clock.h"
#include "domain/reference.h"

namespace hss::auth {

inline constexpr std::chrono::seconds ticket_lasts(30);

/// Tickets for clients that cannot send a token in a header: each authenticates its bearer once, as
/// the principal that asked for it, within ticket_lasts. Thread-safe.
class Tickets {
 public:
  /// `store` outlives it.
  Tickets(domain::TicketStore& store, domain::Clock now, domain::RandomBytes random);

  /// Drops the principal's earliest tickets if it has too many unused. Throws Error{rate_limited}
  /// if there are too many in all.
  std::string issue(const domain::Principal& holder);
  /// Returns the ticket's holder and drops the ticket; empty if it was used, has expired or is
  /// unknown. The caller must check that the holder's session has not ended.
  std::optional<domain::Principal> take(std::string_view ticket);

 private:
  domain::Instant now();

  domain::TicketStore& store_;
  std::mutex mutex_;
  const domain::Clock now_;
  const domain::RandomBytes random_;
};

}  // namespace hss::auth
