#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "domain/store.h"
#include "storage/server/transactions.h"

namespace hss::storage {

/// Connections for reading, opened when first needed and kept. Thread-safe: a thread waits while
/// all of them are in use.
class ServerReadPool {
 public:
  ServerReadPool(Connect connect, std::size_t max_connections);

  /// Runs `work` on one view that no write disturbs. A kept connection that has ended meanwhile is
  /// made anew. Throws the exception of `work`, or those of a connection.
  void run(const std::function<void(domain::Reader&)>& work);

 private:
  std::unique_ptr<ServerConnection> borrow();
  void give_back(std::unique_ptr<ServerConnection> connection);

  const Connect connect_;
  const std::size_t max_connections_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::size_t opened_ = 0;
  std::vector<std::unique_ptr<ServerConnection>> idle_;
};

}  // namespace hss::storage
