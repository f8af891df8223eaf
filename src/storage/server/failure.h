#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include "domain/error.h"
#include "storage/write_transactions.h"

namespace hss::storage {

/// A failure of a database server. what() is for the log: the server's own text.
class ServerFailure : public std::runtime_error {
 public:
  enum class Kind {
    unreachable,   ///< no connection can be made
    sign_in,       ///< the server rejects user, password or database
    certificate,   ///< it does not prove that it is the server that was meant, or has no TLS
    full,          ///< its disk is full
    read_only,     ///< it takes no changes now, as after a failover
    busy,          ///< it did not answer in time, or somebody else holds the lock
    crowded,       ///< it has as many connections as it takes
    wrong_schema,  ///< its tables are not those of this version
    newer_schema,  ///< they are of a newer one
    no_rights,     ///< the user may not do this
    unknown,       ///< the connection ended during COMMIT, and did not come back
    other
  };

  ServerFailure(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// The connection ended. Outside COMMIT, nothing of its transaction remains.
class ConnectionLost final : public TransactionLost {
 public:
  using TransactionLost::TransactionLost;
};

/// `operation` describes the operation; the server's text goes to `report` alone.
domain::Error translate(const ServerFailure& failure, const std::string& operation,
                        const std::function<void(const std::string&)>& report);

}  // namespace hss::storage
