#pragma once

#include <functional>
#include <future>
#include <mutex>
#include <optional>

namespace hss::storage {

/// Lets callers that need the same slow result at the same time share one run. Only a few may wait,
/// as each holds a thread. Thread-safe.
template <class Result>
class SingleFlight {
 public:
  static constexpr int max_callers = 4;

  /// Returns or throws the result of `work`, or of the run that is under way. Returns none if too
  /// many callers wait for that already.
  std::optional<Result> run(const std::function<Result()>& work) {
    std::packaged_task<Result()> task(work);
    std::shared_future<Result> under_way;
    bool is_ours = false;
    {
      const std::lock_guard lock(mutex_);
      if (callers_ == max_callers) return std::nullopt;
      ++callers_;
      is_ours = !under_way_.valid();
      if (is_ours) under_way_ = task.get_future().share();
      under_way = under_way_;
    }
    if (is_ours) task();
    under_way.wait();
    {
      const std::lock_guard lock(mutex_);
      --callers_;
      if (is_ours) under_way_ = {};
    }
    return under_way.get();
  }

 private:
  std::mutex mutex_;
  int callers_ = 0;
  std::shared_future<Result> under_way_;  ///< none if nothing runs
};

}  // namespace hss::storage
