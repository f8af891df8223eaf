#include "storage/memory_tickets.h"

#include <algorithm>
#include <utility>

namespace hss::storage {

using domain::Ticket;

void MemoryTickets::insert(const Ticket& ticket) {
  const auto is_theirs = [&](const Waiting& other) {
    return other.ticket.holder.session_id == ticket.holder.session_id;
  };
  const std::lock_guard lock(mutex_);
  delete_expired();
  const bool is_of_demo = ticket.holder.session_id.empty();
  if (is_of_demo && tickets_.size() >= domain::max_tickets) tickets_.pop_front();
  constexpr auto max_of_session = static_cast<std::ptrdiff_t>(domain::max_tickets_of_session);
  if (!is_of_demo && std::count_if(tickets_.begin(), tickets_.end(), is_theirs) >= max_of_session) {
    tickets_.erase(std::find_if(tickets_.begin(), tickets_.end(), is_theirs));
  }
  if (tickets_.size() >= domain::max_tickets) throw domain::too_many_tickets();
  tickets_.push_back({.ticket = ticket, .until = now_() + domain::ticket_lasts});
}

std::optional<domain::Principal> MemoryTickets::take(std::string_view hash) {
  const std::lock_guard lock(mutex_);
  delete_expired();
  const auto found = std::find_if(tickets_.begin(), tickets_.end(),
                                  [&](const Waiting& other) { return other.ticket.hash == hash; });
  if (found == tickets_.end()) return std::nullopt;
  domain::Principal holder = std::move(found->ticket.holder);
  tickets_.erase(found);
  return holder;
}

void MemoryTickets::delete_expired() {
  const Clock::time_point now = now_();
  std::erase_if(tickets_, [&](const Waiting& each) { return each.until <= now; });
}

}  // namespace hss::storage
