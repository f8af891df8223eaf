#include "storage/server/tickets.h"

#include <algorithm>
#include <chrono>

#include "storage/damage.h"

namespace hss::storage {
namespace {

using domain::Principal;
using domain::Ticket;

/// To the microsecond, as otherwise MySQL takes whole seconds, and the earliest is not told apart.
#define NOW "CURRENT_TIMESTAMP(6)"
static_assert(domain::ticket_lasts == std::chrono::seconds(30), "as in the statement below");

/// Deletes the earliest of the session, so many.
void delete_earliest(ServerConnection& connection, const std::string& session_id,
                     std::int64_t count) {
  execute(connection,
          "DELETE FROM stream_tickets WHERE hash IN (SELECT hash FROM (SELECT hash FROM"
          " stream_tickets WHERE session_id = ? ORDER BY expires_at, hash LIMIT ?) AS earliest)",
          session_id, count);
}

void make_room(ServerConnection& connection, const std::string& session_id) {
  constexpr auto max = static_cast<std::int64_t>(domain::max_tickets);
  constexpr auto max_of_session = static_cast<std::int64_t>(domain::max_tickets_of_session);
  std::int64_t in_all = 0, of_session = 0;
  {
    Query counts(connection,
                 "SELECT count(*), coalesce(sum(CASE WHEN session_id = ? THEN 1 ELSE 0 END), 0)"
                 " FROM stream_tickets",
                 session_id);
    counts.step();
    in_all = counts.integer(0);
    of_session = counts.integer(1);
  }
  // Demo mode has no sessions, so its tickets have no holder to count against.
  const std::int64_t excess =
      session_id.empty() ? in_all - max + 1 : of_session - max_of_session + 1;
  if (excess > 0) {
    delete_earliest(connection, session_id, excess);
    in_all -= std::min(excess, of_session);
  }
  if (in_all >= max) throw domain::too_many_tickets();
}

Principal holder_of(const Query& row) {
  return {.account = row.text(0),
          .role = require_known(domain::find_role(row.text(2)), "a role"),
          .account_id = row.text(1),
          .session_id = row.text(3),
          .auth_method = require_known(domain::find_auth_method(row.text(4)), "a sign-in method")};
}

}  // namespace

void ServerTickets::insert(const Ticket& ticket) {
  const Principal& holder = ticket.holder;
  run_([&](ServerConnection& connection) {
    execute(connection, "DELETE FROM stream_tickets WHERE expires_at <= " NOW);
    make_room(connection, holder.session_id);
    try {
      execute(
          connection,
          "INSERT INTO stream_tickets (hash, account, account_id, role, session_id, auth_method,"
          " expires_at) VALUES (?, ?, ?, ?, ?, ?, " NOW " + INTERVAL '30' SECOND)",
          ticket.hash, holder.account, holder.account_id, domain::to_text(holder.role),
          holder.session_id, domain::to_text(holder.auth_method));
    } catch (const ConstraintViolation&) {
      // Nobody guesses a hash: the connection ended after it was stored.
    }
  });
}

std::optional<Principal> ServerTickets::take(std::string_view hash) {
  std::optional<Principal> holder;
  run_([&](ServerConnection& connection) {
    holder.reset();
    std::optional<Principal> found;
    {
      Query row(connection,
                "SELECT account, account_id, role, session_id, auth_method FROM stream_tickets"
                " WHERE hash = ? AND expires_at > " NOW,
                hash);
      if (row.step()) found = holder_of(row);
    }
    // Of several instances that have found it, one deletes it.
    if (found && execute(connection, "DELETE FROM stream_tickets WHERE hash = ?", hash) == 1) {
      holder = std::move(found);
    }
  });
  return holder;
}

}  // namespace hss::storage
