#pragma once

#include <list>
#include <mutex>

#include "domain/accounts/ticket_store.h"

namespace hss::storage {

/// The tickets of the only process that gives and takes them. They end with it.
class MemoryTickets final : public domain::TicketStore {
 public:
  void insert(const domain::Ticket& ticket, std::string_view now) override;
  std::optional<domain::Principal> take(std::string_view hash, std::string_view now) override;

 private:
  void delete_expired(std::string_view now);

  std::mutex mutex_;
  std::list<domain::Ticket> tickets_;  ///< the earliest first
};

}  // namespace hss::storage
