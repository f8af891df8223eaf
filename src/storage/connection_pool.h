#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace hss::storage {

/// Connections of one kind, each with its prepared statements, opened when first needed and kept.
/// Thread-safe: a thread waits while all of them are in use.
template <class Kind>
class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<Kind>()>;

  ConnectionPool(Open open, std::size_t max_connections)
      : open_(std::move(open)), max_connections_(max_connections) {}

  /// Throws what `open` throws. The connection must be given back.
  std::unique_ptr<Kind> borrow() {
    {
      std::unique_lock lock(mutex_);
      returned_.wait(lock, [this] { return !idle_.empty() || opened_ < max_connections_; });
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
      ++opened_;
    }
    try {
      return open_();
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  /// Null for a connection that was closed: the next reader opens a new one.
  void give_back(std::unique_ptr<Kind> connection) {
    {
      const std::lock_guard lock(mutex_);
      if (connection) {
        idle_.push_back(std::move(connection));
      } else {
        --opened_;
      }
    }
    returned_.notify_one();
  }

 private:
  const Open open_;
  const std::size_t max_connections_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::size_t opened_ = 0;
  std::vector<std::unique_ptr<Kind>> idle_;
};

}  // namespace hss::storage
