#include "auth/tickets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::auth {
namespace {

constexpr std::size_t max_tickets = 10'000;
constexpr std::ptrdiff_t max_per_session = 8;

}  // namespace

Tickets::Tickets(domain::Clock now, domain::RandomBytes random)
    : now_(domain::never_back(std::move(now))), random_(std::move(random)) {}

std::string Tickets::issue(const domain::Principal& holder) {
  std::array<std::uint8_t, 32> bytes{};
  random_(bytes);
  std::string ticket =
      crypto::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto is_theirs = [&](const Ticket& other) {
    return other.holder.session_id == holder.session_id;
  };
  const std::lock_guard lock(mutex_);
  forget_expired();
  // Demo mode has no sessions, so its tickets have no holder to count against.
  const bool is_of_demo = holder.session_id.empty();
  if (is_of_demo && tickets_.size() >= max_tickets) tickets_.pop_front();
  if (!is_of_demo &&
      std::count_if(tickets_.begin(), tickets_.end(), is_theirs) >= max_per_session) {
    tickets_.erase(std::find_if(tickets_.begin(), tickets_.end(), is_theirs));
  }
  if (tickets_.size() >= max_tickets) {
    throw domain::Error::rate_limited("Too many tickets are waiting to be used; please try again",
                                      std::chrono::seconds(5));
  }
  tickets_.push_back(
      {.hash = crypto::sha256(ticket), .holder = holder, .expires_at = now_() + ticket_lasts});
  return ticket;
}

std::optional<domain::Principal> Tickets::take(std::string_view ticket) {
  const std::string hash = crypto::sha256(ticket);
  const std::lock_guard lock(mutex_);
  forget_expired();
  const auto found = std::find_if(tickets_.begin(), tickets_.end(),
                                  [&](const Ticket& other) { return other.hash == hash; });
  if (found == tickets_.end()) return std::nullopt;
  domain::Principal holder = std::move(found->holder);
  tickets_.erase(found);
  return holder;
}

void Tickets::forget_expired() {
  const domain::Instant now = now_();
  while (!tickets_.empty() && tickets_.front().expires_at <= now) tickets_.pop_front();
}

}  // namespace hss::auth
