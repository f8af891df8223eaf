#pragma once

#include <functional>

#include "domain/store.h"
#include "storage/connection_pool.h"
#include "storage/server/transactions.h"

namespace hss::storage {

/// Reads on connections of their own. Thread-safe.
class ServerReadPool {
 public:
  ServerReadPool(Connect connect, std::size_t max_connections);

  /// Runs `work` on one view that no write disturbs. A kept connection that has ended meanwhile is
  /// made anew. Throws the exception of `work`, or those of a connection.
  void run(const std::function<void(domain::Reader&)>& work);

 private:
  ConnectionPool<ServerConnection> pool_;
};

}  // namespace hss::storage
