#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace hss::threads {

/// A counting semaphore. Not std::counting_semaphore, whose waiters libstdc++ may never wake
/// (GCC bug 98033). Outlives its permits. Thread-safe.
class Permits {
  struct GiveBack {
    void operator()(Permits* permits) const { permits->give_back(); }
  };

 public:
  /// One of them. Its destructor gives it back, on any thread; null is none.
  using Permit = std::unique_ptr<Permits, GiveBack>;

  explicit Permits(std::size_t count) : free_(count) {}

  /// Waits until one is free.
  Permit take() {
    std::unique_lock lock(mutex_);
    is_free_.wait(lock, [this] { return free_ > 0; });
    --free_;
    return Permit(this);
  }

  /// Returns null where none is free.
  Permit try_take() {
    const std::lock_guard lock(mutex_);
    if (free_ == 0) return nullptr;
    --free_;
    return Permit(this);
  }

 private:
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    is_free_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable is_free_;
  std::size_t free_;
};

}  // namespace hss::threads
