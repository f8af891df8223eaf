#pragma once

#include <functional>

namespace hss::domain {

/// Work in two parts, for a caller that does other things in between. It calls both once, in this
/// order; everything that they use lives until both have returned.
template <class Result>
struct Deferred {
  /// Starts the work. Calls `done` once, from any thread, when rest() no longer has to wait; `done`
  /// does next to nothing.
  std::function<void(std::function<void()> done)> start;
  /// Waits until the work is done and returns its result, or throws.
  std::function<Result()> rest;

  Result now() const {
    start([] {});
    return rest();
  }
};

}  // namespace hss::domain
