#include "auth/tickets.h"

#include <utility>

#include "auth/secret.h"

namespace hss::auth {

Tickets::Tickets(domain::TicketStore& store, domain::Clock now, domain::RandomBytes random)
    : store_(store), now_(domain::never_back(std::move(now))), random_(std::move(random)) {}

std::string Tickets::issue(const domain::Principal& holder) {
  Secret ticket = new_secret(random_);
  const domain::Instant time = now();
  store_.insert({.hash = std::move(ticket.hash),
                 .holder = holder,
                 .expires_at = domain::to_rfc3339(time + ticket_lasts)},
                domain::to_rfc3339(time));
  return std::move(ticket.text);
}

std::optional<domain::Principal> Tickets::take(std::string_view ticket) {
  return store_.take(hash_of_secret(ticket), domain::to_rfc3339(now()));
}

/// Such a clock is called by one thread at a time.
domain::Instant Tickets::now() {
  const std::lock_guard lock(mutex_);
  return now_();
}

}  // namespace hss::auth
