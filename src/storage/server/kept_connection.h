#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "storage/server/transactions.h"

namespace hss::storage {

/// A connection that is kept between uses, of one thread at a time. Thread-safe.
class KeptConnection {
 public:
  explicit KeptConnection(Connect connect) : connect_(std::move(connect)) {}

  /// Runs `work`, and once more on a new connection if the kept one has ended: what `work` sent may
  /// have been done before. Throws the exceptions of `work`, and ServerFailure.
  void run(const std::function<void(ServerConnection&)>& work);

 private:
  const Connect connect_;
  std::mutex mutex_;
  std::unique_ptr<ServerConnection> connection_;
};

}  // namespace hss::storage
