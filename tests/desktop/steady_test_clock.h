#pragma once

#include <atomic>
#include <chrono>

#include "desktop/clock.h"

namespace hss::test {

/// A steady clock that stands still until a test moves it.
class SteadyTestClock {
 public:
  void advance(std::chrono::seconds time) { passed_ += time.count(); }
  desktop::SteadyClock clock() {
    return [this] {
      return std::chrono::steady_clock::time_point(std::chrono::seconds(1'000 + passed_));
    };
  }

 private:
  std::atomic<std::int64_t> passed_ = 0;
};

}  // namespace hss::test
