#pragma once

#include <functional>

namespace hss::domain {

/// Something in two parts, for who can do other things in between. Both are called once, in this
/// order; what they use lives until both have returned.
template <class Result>
struct Deferred {
  /// Begins. `ended` is called once, from any thread, when the rest has nothing left to wait for;
  /// it does next to nothing.
  std::function<void(std::function<void()> done)> start;
  /// Waits for what is left to wait for, and gives the result or throws.
  std::function<Result()> rest;

  Result now() const {
    start([] {});
    return rest();
  }
};

}  // namespace hss::domain
