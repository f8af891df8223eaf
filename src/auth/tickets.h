#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/principal.h"
#include "domain/clock.h"
#include "domain/reference.h"

namespace hss::auth {

inline constexpr std::chrono::seconds ticket_lasts(30);

/// Tickets for those who cannot send a token in a header: each lets its bearer in once, as whoever
/// asked for it, within ticket_lasts. Kept in memory alone. Thread-safe.
class Tickets {
 public:
  Tickets(domain::Clock now, domain::RandomBytes random);

  /// The principal's earliest ones go where they have too many unused. Throws Error{rate_limited}
  /// where there are too many of all.
  std::string issue(const domain::Principal& holder);
  /// Whose it was, gone with the call; empty where it was used, has expired or is none of ours.
  /// Whether the holder's session still lasts is the caller's to ask.
  std::optional<domain::Principal> take(std::string_view ticket);

 private:
  struct Ticket {
    std::string hash;
    domain::Principal holder;
    domain::Instant expires_at;
  };

  void forget_expired();

  const domain::Clock now_;
  const domain::RandomBytes random_;
  std::mutex mutex_;
  std::list<Ticket> tickets_;  ///< the earliest first
};

}  // namespace hss::auth
