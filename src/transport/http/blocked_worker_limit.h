#pragma once

#include <atomic>
#include <cstddef>

namespace hss::transport {

/// Bounds how many workers wait at once for clients that neither send nor read, so that some are
/// left for everybody else. Thread-safe.
class BlockedWorkerLimit {
 public:
  explicit BlockedWorkerLimit(std::size_t max) : left_(max) {}

  /// False, and nothing taken, where there is none left.
  bool take() {
    for (std::size_t left = left_; left > 0;) {
      if (left_.compare_exchange_weak(left, left - 1)) return true;
    }
    return false;
  }
  void give_back() { ++left_; }

 private:
  std::atomic<std::size_t> left_;
};

}  // namespace hss::transport
