#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/principal.h"
#include "domain/error.h"

namespace hss::domain {

inline constexpr std::chrono::seconds ticket_lasts(30);
/// The maximum of tickets that wait to be used, of one session and in all.
inline constexpr std::size_t max_tickets_of_session = 8;
inline constexpr std::size_t max_tickets = 10'000;

/// A ticket that waits to be used.
struct Ticket {
  std::string hash;  ///< hexadecimal; the ticket itself is not stored
  Principal holder;
};

/// An Error{rate_limited}.
Error too_many_tickets();

/// The tickets that wait to be used, the same for all instances. Adding and taking one changes no
/// data: the revision stays, and subscribers hear of nothing. Tickets end by a clock of the store's
/// own, whatever time an instance believes it is. Thread-safe; may wait for a database server.
/// Throws Error{unavailable}.
class TicketStore {
 public:
  virtual ~TicketStore() = default;

  /// Adds a ticket for ticket_lasts, and deletes those that have expired. Deletes the session's
  /// earliest ones beyond max_tickets_of_session, and of demo mode, which has no sessions, the
  /// earliest beyond max_tickets; else throws Error{rate_limited} if there are that many. Instances
  /// that add at the same moment may exceed each limit by one.
  virtual void insert(const Ticket& ticket) = 0;
  /// Deletes the ticket and returns its holder; empty if it was taken, on any instance, has expired
  /// or is unknown.
  virtual std::optional<Principal> take(std::string_view hash) = 0;
};

}  // namespace hss::domain
