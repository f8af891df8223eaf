#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/clock.h"

namespace hss::api {

/// How often something may be tried: `burst` times at once, and once more each `interval`.
struct AttemptLimit {
  int burst = 1;
  std::chrono::seconds interval{1};
};

/// Counts tries, in memory and never more than `most` counters, of one size whatever their names:
/// the one unused for longest goes first. Thread-safe.
class Attempts {
 public:
  explicit Attempts(domain::Clock now, std::size_t most = 20'000);

  /// Counts a try of a `name`. Throws Error{rate_limited} with when to come back where there were
  /// too many; a try that was refused does not count.
  void count(const std::string& name, const AttemptLimit& limit);
  /// A try that was right does not count.
  void forgive(const std::string& name, const AttemptLimit& limit);
  /// Whether as many as `tries` were counted lately.
  bool has_counted(const std::string& name, const AttemptLimit& limit, int tries);

  /// Remembers that something was right.
  void trust(const std::string& name);
  bool trusts(const std::string& name);

  std::size_t size() const;

 private:
  struct Counter {
    std::string name;            ///< its SHA-256
    domain::Instant empty_at{};  ///< when the tries are forgotten; each one adds an interval
    bool is_trusted = false;
  };
  using Counters = std::list<Counter>;

  Counter& counter(const std::string& name);

  domain::Clock now_;
  const std::size_t most_;
  mutable std::mutex mutex_;
  Counters counters_;  ///< the last used first
  std::unordered_map<std::string_view, Counters::iterator> by_name_;
};

/// What tries from one address are counted by: the address, of an IPv6 one its first half, as one
/// household or machine has all of the rest.
std::string network_of(const std::string& address);

}  // namespace hss::api
