#include "storage/memory_tickets.h"

#include <algorithm>
#include <utility>

namespace hss::storage {

using domain::Ticket;

void MemoryTickets::insert(const Ticket& ticket, std::string_view now) {
  const auto is_theirs = [&](const Ticket& other) {
    return other.holder.session_id == ticket.holder.session_id;
  };
  const std::lock_guard lock(mutex_);
  delete_expired(now);
  const bool is_of_demo = ticket.holder.session_id.empty();
  if (is_of_demo && tickets_.size() >= domain::max_tickets) tickets_.pop_front();
  constexpr auto max_of_session = static_cast<std::ptrdiff_t>(domain::max_tickets_of_session);
  if (!is_of_demo && std::count_if(tickets_.begin(), tickets_.end(), is_theirs) >= max_of_session) {
    tickets_.erase(std::find_if(tickets_.begin(), tickets_.end(), is_theirs));
  }
  if (tickets_.size() >= domain::max_tickets) throw domain::too_many_tickets();
  tickets_.push_back(ticket);
}

std::optional<domain::Principal> MemoryTickets::take(std::string_view hash, std::string_view now) {
  const std::lock_guard lock(mutex_);
  delete_expired(now);
  const auto found = std::find_if(tickets_.begin(), tickets_.end(),
                                  [&](const Ticket& other) { return other.hash == hash; });
  if (found == tickets_.end()) return std::nullopt;
  domain::Principal holder = std::move(found->holder);
  tickets_.erase(found);
  return holder;
}

void MemoryTickets::delete_expired(std::string_view now) {
  while (!tickets_.empty() && tickets_.front().expires_at <= now) tickets_.pop_front();
}

}  // namespace hss::storage
