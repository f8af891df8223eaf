#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hss::outgoing {

/// The addresses of a host as text, best first; empty if there are none. May block for long.
using Resolver = std::function<std::vector<std::string>(const std::string& host)>;

/// A look-up of a host's addresses that callers can abandon: the system's own cannot be
/// interrupted, so it runs in a thread that may outlive the caller. Thread-safe.
class Lookup {
 public:
  Lookup(Resolver resolver, const std::string& host);

  /// Empty if there are none, none arrived by `until`, or stop() was called.
  std::vector<std::string> wait(std::chrono::steady_clock::time_point until);
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace hss::outgoing
