#include "auth/tickets.h"

#include <utility>

#include "auth/secret.h"

namespace hss::auth {

Tickets::Tickets(domain::TicketStore& store, domain::RandomBytes random)
    : store_(store), random_(std::move(random)) {}

std::string Tickets::issue(const domain::Principal& holder) {
  Secret ticket = new_secret(random_);
  store_.insert({.hash = std::move(ticket.hash), .holder = holder});
  return std::move(ticket.text);
}

std::optional<domain::Principal> Tickets::take(std::string_view ticket) {
  return store_.take(hash_of_secret(ticket));
}

}  // namespace hss::auth
