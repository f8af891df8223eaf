#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <utility>

#include "domain/accounts/ticket_store.h"

namespace hss::storage {

/// The tickets of the only process that gives and takes them. They end with it, and by a clock that
/// nobody sets.
class MemoryTickets final : public domain::TicketStore {
 public:
  using Clock = std::chrono::steady_clock;

  /// `now` may be called by several threads at once.
  explicit MemoryTickets(std::function<Clock::time_point()> now = Clock::now)
      : now_(std::move(now)) {}

  void insert(const domain::Ticket& ticket) override;
  std::optional<domain::Principal> take(std::string_view hash) override;

 private:
  struct Waiting {
    domain::Ticket ticket;
    Clock::time_point until;
  };

  void delete_expired();

  const std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::list<Waiting> tickets_;  ///< the earliest first
};

}  // namespace hss::storage
