#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hss::outgoing {

/// The addresses of a host as text, best first; empty where there are none. May take its time.
using Resolver = std::function<std::vector<std::string>(const std::string& host)>;

/// By the system: the hosts file and DNS.
std::vector<std::string> system_addresses(const std::string& host);

/// A question for a host's addresses that nobody needs to wait out: the system's own cannot be
/// ended, so it runs in a thread that outlives the one who asked. Thread-safe.
class Lookup {
 public:
  Lookup(Resolver resolver, const std::string& host);

  /// Empty where there are none, none came by `until`, or stop() was called.
  std::vector<std::string> wait(std::chrono::steady_clock::time_point until);
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace hss::outgoing
