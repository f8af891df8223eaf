#pragma once

#include <cstddef>
#include <stdexcept>

#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// A transaction ended before it was on disk, through nothing that its units did: nothing of it
/// remains, and running it again may succeed.
class TransactionLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The transactions of the one writer, one after the other. Used by the writer's thread alone.
/// Throws the exceptions of the engine's connection.
class WriteTransactions {
 public:
  virtual ~WriteTransactions() = default;

  virtual Connection& connection() = 0;

  /// Waits until nobody else writes, and opens a transaction. What it reads with that is in
  /// `cache`.
  virtual void begin(TxCache& cache) = 0;
  /// Returns once the transaction is on disk. If it throws, nothing of it remains. Throws
  /// TransactionLost.
  virtual void commit(TxCache& cache) = 0;
  virtual void rollback() noexcept = 0;
  /// False between transactions; engines end one by themselves on some failures.
  virtual bool is_open() const = 0;
  /// False if the open transaction takes no further statement after one that failed, as on some
  /// engines, but only a return to a savepoint.
  virtual bool can_go_on() const = 0;

  /// As many units as one transaction takes: others wait for its lock meanwhile.
  virtual std::size_t max_units() const = 0;

  /// True if changes may fail although nothing has failed yet.
  virtual bool may_be_unable_to_write() const = 0;
};

}  // namespace hss::storage
