#pragma once

#include <functional>
#include <future>
#include <mutex>

namespace hss::storage {

/// Lets callers that want the same long work at the same time share one run of it. Thread-safe.
template <class Result>
class SingleFlight {
 public:
  /// What `work` gives or throws; or what the work under way does, where there is one.
  Result run(const std::function<Result()>& work) {
    std::packaged_task<Result()> task(work);
    std::shared_future<Result> under_way;
    bool is_ours = false;
    {
      const std::lock_guard lock(mutex_);
      is_ours = !under_way_.valid();
      if (is_ours) under_way_ = task.get_future().share();
      under_way = under_way_;
    }
    if (is_ours) {
      task();
      const std::lock_guard lock(mutex_);
      under_way_ = {};
    }
    return under_way.get();
  }

 private:
  std::mutex mutex_;
  std::shared_future<Result> under_way_;  ///< none where nothing runs
};

}  // namespace hss::storage
