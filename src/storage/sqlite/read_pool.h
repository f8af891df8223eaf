#pragma once

#include <functional>
#include <string>

#include "domain/store.h"
#include "storage/connection_pool.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/open_files.h"

namespace hss::storage {

/// Reads on read-only connections of their own. Thread-safe.
class ReadPool {
 public:
  /// `files` are those at `path`, and outlive the pool.
  ReadPool(std::string path, std::size_t max_connections, const OpenFiles& files);

  /// Runs `work` on one view that no write disturbs. Throws the exception of `work`, or
  /// SQLite::Exception.
  void run(const std::function<void(domain::Reader&)>& work);

 private:
  ConnectionPool<SqliteConnection> pool_;
};

}  // namespace hss::storage
