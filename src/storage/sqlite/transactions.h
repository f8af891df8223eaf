#pragma once

#include <limits>
#include <memory>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/open_files.h"
#include "storage/write_transactions.h"

namespace hss::storage {

/// The writer's transactions on a database file, or in memory.
class SqliteTransactions final : public WriteTransactions {
 public:
  /// `files` are the connection's, and outlive this.
  SqliteTransactions(std::unique_ptr<SqliteConnection> connection, const OpenFiles& files)
      : connection_(std::move(connection)), files_(files) {}

  Connection& connection() override { return *connection_; }
  void begin(TxCache& cache) override;
  void commit(TxCache& cache) override;
  void rollback() noexcept override;
  bool is_open() const override { return connection_->in_transaction(); }
  bool can_go_on() const override { return is_open(); }
  std::size_t max_units() const override { return std::numeric_limits<std::size_t>::max(); }
  bool may_be_unable_to_write() const override { return files_.are_on_full_disk(); }

 private:
  const std::unique_ptr<SqliteConnection> connection_;
  const OpenFiles& files_;
};

}  // namespace hss::storage
