#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/principal.h"
#include "domain/error.h"

namespace hss::domain {

/// The maximum of tickets that wait to be used, of one session and in all.
inline constexpr std::size_t max_tickets_of_session = 8;
inline constexpr std::size_t max_tickets = 10'000;

/// A ticket that waits to be used. Times are RFC 3339.
struct Ticket {
  std::string hash;  ///< hexadecimal; the ticket itself is not stored
  Principal holder;
  std::string expires_at;
};

/// An Error{rate_limited}.
Error too_many_tickets();

/// The tickets that wait to be used, the same for all instances. Adding and taking one changes no
/// data: the revision stays, and subscribers hear of nothing. Thread-safe; may wait for a database
/// server. Throws Error{unavailable}.
class TicketStore {
 public:
  virtual ~TicketStore() = default;

  /// Adds a ticket, and deletes those that have expired at `now`. Deletes the session's earliest
  /// ones beyond max_tickets_of_session, and of demo mode, which has no sessions, the earliest
  /// beyond max_tickets; else throws Error{rate_limited} if there are that many. Instances that add
  /// at the same moment may exceed each limit by one.
  virtual void insert(const Ticket& ticket, std::string_view now) = 0;
  /// Deletes the ticket and returns its holder; empty if it was taken, on any instance, has expired
  /// at `now` or is unknown.
  virtual std::optional<Principal> take(std::string_view hash, std::string_view now) = 0;
};

}  // namespace hss::domain
