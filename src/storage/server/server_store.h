#pragma once

#include <functional>
#include <memory>

#include "storage/server/indexer.h"
#include "storage/server/kept_connection.h"
#include "storage/server/leases.h"
#include "storage/server/own_revisions.h"
#include "storage/server/read_pool.h"
#include "storage/server/revision.h"
#include "storage/server/revision_poller.h"
#include "storage/server/tickets.h"
#include "storage/store.h"

namespace hss::storage {

/// The store on a database server, which several instances of HSS may share. Subscribers hear of
/// another instance's changes within some 100 ms, and of each of them as if it took rights.
///
/// Every call throws Error{unavailable} if the server fails; the cause goes to `report`.
class ServerStore final : public Store {
 public:
  /// `connect` opens connections for a purpose, and throws ServerFailure. Every change checks that
  /// the tables are still of `schema_version`. Throws Error{unavailable} if the server cannot be
  /// used.
  using ConnectFor = std::function<std::unique_ptr<ServerConnection>(ServerConnection::Purpose)>;
  ServerStore(ConnectFor connect, std::int64_t schema_version, Report report);
  ~ServerStore() override;

  void describe(metrics::Text& text) override;
  void check() override;
  bool waits_to_read() const override { return true; }
  std::uint64_t revision() override;
  std::unique_ptr<domain::Subscription> on_commit(std::function<void()> changed) override;
  std::unique_ptr<domain::Subscription> on_rights_change(std::function<void()> changed) override;
  domain::TicketStore& tickets() override { return tickets_; }
  std::unique_ptr<domain::Lease> ask_for_lease(std::string target,
                                               std::function<void()> acquired) override;

 protected:
  void do_read(const std::function<void(domain::Reader&)>& work) override;
  std::unique_ptr<domain::UnitOfWork> prepare(std::function<void(domain::Tx&)> work) override;
  void with_error_translation(const char* operation, const std::function<void()>& run) override;

 private:
  class Subscribed;

  RunOnServer run_on(KeptConnection& connection, const char* operation);

  const Report report_;
  OwnRevisions own_revisions_;
  std::unique_ptr<ServerReadPool> readers_;
  std::unique_ptr<ServerRevision> revision_;
  std::unique_ptr<Indexer> indexer_;
  std::unique_ptr<class Writer> writer_;
  std::unique_ptr<RevisionPoller> poller_;
  /// Each has a connection of its own, as a lease may wait for a row that another instance has
  /// locked.
  KeptConnection tickets_connection_, leases_connection_;
  ServerTickets tickets_;
  Leases leases_;
};

}  // namespace hss::storage
