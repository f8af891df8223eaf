#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>

#include "storage/server/kept_connection.h"

namespace hss::storage {

/// Reads the data's revision from the server. Callers at the same time share a query that began
/// after each of them came. Thread-safe.
class ServerRevision {
 public:
  explicit ServerRevision(Connect connect) : connection_(std::move(connect)) {}

  std::uint64_t read();

 private:
  std::uint64_t query();

  KeptConnection connection_;
  std::mutex mutex_;
  std::condition_variable finished_one_;
  std::uint64_t started_ = 0, finished_ = 0;  ///< queries
  std::uint64_t revision_ = 0;                ///< of the last one
  std::exception_ptr failure_;                ///< likewise
};

}  // namespace hss::storage
