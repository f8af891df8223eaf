#pragma once

#include <utility>

#include "domain/accounts/ticket_store.h"
#include "storage/server/run_on_server.h"

namespace hss::storage {

/// The tickets of all instances, in a table. Statements here are transactions by themselves and do
/// not lock `head`, so that they move no revision and wait for no other change. Times are the
/// server's.
class ServerTickets final : public domain::TicketStore {
 public:
  explicit ServerTickets(RunOnServer run) : run_(std::move(run)) {}

  void insert(const domain::Ticket& ticket) override;
  std::optional<domain::Principal> take(std::string_view hash) override;

 private:
  const RunOnServer run_;
};

}  // namespace hss::storage
