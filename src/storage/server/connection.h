#pragma once

#include <chrono>
#include <cstdint>

#include "storage/sql/connection.h"

namespace hss::storage {

/// A connection to a database server. Throws ServerFailure, ConnectionLost, ConstraintViolation and
/// DamagedValue.
class ServerConnection : public Connection {
 public:
  enum class Purpose {
    write,  ///< the server ends a transaction that takes long, as others wait for it
    read,   ///< transactions see one state of the data, and change nothing
    manage  ///< to make and change tables, or copy all of them: the server ends nothing that takes
            ///< long
  };

  /// How long a connection waits for an answer, unless its purpose is to manage: longer than the
  /// server lets a statement take, so that its own answer comes first.
  static constexpr std::chrono::duration<unsigned> max_silence{12};

  /// Runs a text of several statements, all or none where the engine can. Nothing is enqueued.
  virtual void run_script(const char* sql) = 0;

  /// Sends what is enqueued, without waiting for its end.
  virtual void send() = 0;
  /// Forgets what is enqueued: it is not run, or it is undone by the rollback that comes next.
  virtual void discard() = 0;

  /// How often the server has answered on this connection.
  virtual std::uint64_t answers() const = 0;
  /// True if a statement has failed in the open transaction.
  virtual bool has_failed() const = 0;
  /// False once the connection is known to have ended.
  virtual bool is_usable() const = 0;

  std::int64_t rows_at_once() const override { return 1'000; }
  bool has_triggers() const override { return false; }
  bool may_hide_rows() const override { return false; }
};

}  // namespace hss::storage
