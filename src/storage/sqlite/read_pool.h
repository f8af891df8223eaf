#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/store.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/open_files.h"

namespace hss::storage {

/// Read-only connections, each with its prepared statements, opened when first needed and kept.
/// Thread-safe: a thread waits while all of them are in use.
class ReadPool {
 public:
  /// `files` are those at `path`, and outlive the pool.
  ReadPool(std::string path, std::size_t max_connections, const OpenFiles& files);

  /// Runs `work` on one view that no write disturbs. Throws the exception of `work`, or
  /// SQLite::Exception.
  void run(const std::function<void(domain::Reader&)>& work);

 private:
  std::unique_ptr<SqliteConnection> borrow();
  void give_back(std::unique_ptr<SqliteConnection> connection);

  const std::string path_;
  const std::size_t max_connections_;
  const OpenFiles& files_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::size_t opened_ = 0;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

}  // namespace hss::storage
