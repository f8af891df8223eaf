#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "storage/server/connection.h"
#include "storage/server/own_revisions.h"
#include "storage/write_transactions.h"

namespace hss::storage {

/// Opens a new connection. Throws ServerFailure.
using Connect = std::function<std::unique_ptr<ServerConnection>()>;

/// The writer's transactions on a database server. Instances take turns: the first statement of
/// each transaction locks the row of the table `head`, which also has the last numbers that were
/// given out, so that a unit of work sees what all earlier ones did, whoever ran them.
///
/// A connection that ends is made anew, for up to ten seconds. One that ends during COMMIT leaves
/// open whether that was done: each transaction writes its number to this instance's row of the
/// table `writers`, which tells.
class ServerTransactions final : public WriteTransactions {
 public:
  /// Connects, and adds this instance to the writers. `id` is random. Transactions begin only while
  /// the tables are of `schema_version`. Each revision is added to `revisions`, which outlives
  /// this. `booked` is called with the newest booking's number after each commit, whoever made it.
  using Booked = std::function<void(std::int64_t)>;
  ServerTransactions(Connect connect, std::string id, std::int64_t schema_version,
                     OwnRevisions& revisions, Booked booked);
  ~ServerTransactions() override;

  Connection& connection() override { return *connection_; }
  void begin(TxCache& cache) override;
  void commit(TxCache& cache) override;
  void rollback() noexcept override;
  bool is_open() const override { return is_open_ && connection_->is_usable(); }
  bool can_go_on() const override { return is_open() && !connection_->has_failed(); }
  std::size_t max_units() const override { return 64; }
  bool may_be_unable_to_write() const override { return false; }

 private:
  void connect();
  void lock(TxCache& cache);
  void write_head(TxCache& cache);
  bool was_committed();
  std::optional<std::int64_t> read_number();

  const Connect connect_;
  const std::string id_;
  const std::int64_t schema_version_;
  OwnRevisions& revisions_;
  const Booked booked_;
  std::unique_ptr<ServerConnection> connection_;
  std::int64_t number_ = 0;          ///< of the last transaction that changed something
  std::int64_t last_committed_ = 0;  ///< the number of the last one that is on disk
  std::int64_t newest_booking_ = 0;  ///< when this last held the lock
  bool was_connected_ = false;
  std::uint64_t changes_before_ = 0;
  bool is_open_ = false;
  std::optional<std::chrono::steady_clock::time_point> lost_since_;
};

}  // namespace hss::storage
