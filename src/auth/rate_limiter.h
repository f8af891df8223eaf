#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "domain/clock.h"

namespace hss::auth {

/// A limit: `burst` attempts at once, and one more each `interval`.
struct RateLimit {
  int burst = 1;
  std::chrono::seconds interval{1};
};

/// One counter of an attempt. Counters named by clients are stored apart from those that only the
/// server names, so that ever new names cannot evict the server's.
struct Attempt {
  enum class Name { of_ours, of_client };

  std::string name;
  RateLimit limit;
  Name from = Name::of_ours;
};

/// Limits attempts by GCRA, in memory. Keeps at most `max` counters of each kind of name; all have
/// the same size, whatever their names. Drops a counter once it is empty; if all are in use,
/// rejects a new one. Where several instances serve the same clients, each keeps to its share of
/// every limit: the burst divided by their number and rounded up, the interval times it.
/// Thread-safe.
class RateLimiter {
 public:
  static constexpr std::size_t max_counters = 20'000;

  explicit RateLimiter(domain::Clock now, std::size_t max = max_counters, int instances = 1);

  /// Counts one attempt on all of these, or on none: the first that is over its limit throws
  /// Error{rate_limited} with the time to wait.
  void count(std::span<const Attempt> attempts);
  void count(const Attempt& attempt) { count({&attempt, 1}); }
  /// Removes an attempt that was right from the counters.
  void forgive(std::span<const Attempt> attempts);
  /// True if at least `tries` attempts were counted recently, or this instance's share of them.
  bool has_counted(const Attempt& attempt, int tries) const;

  std::size_t size() const;

 private:
  /// The time at which each counter is empty, by the SHA-256 of its name. Each attempt adds an
  /// interval.
  class Counters {
   public:
    domain::Instant empty_at(const std::string& key) const;
    void set(const std::string& key, domain::Instant empty_at);
    /// True if there is room, of `max`, for the counter `key`.
    bool has_room(const std::string& key, std::size_t max, domain::Instant now);
    std::size_t size() const { return by_key_.size(); }
    domain::Instant first_empty_at() const { return by_time_.begin()->first; }

   private:
    std::map<std::string, domain::Instant> by_key_;
    std::set<std::pair<domain::Instant, std::string>> by_time_;
  };

  Counters& counters(const Attempt& attempt);
  const Counters& counters(const Attempt& attempt) const;

  int share_of(int tries) const;
  domain::Instant::duration interval_of(const Attempt& attempt) const;

  domain::Clock now_;
  const std::size_t max_;
  const int instances_;
  mutable std::mutex mutex_;
  Counters ours_, clients_;
};

/// The network that attempts from an address count for: the address itself, or the first half of an
/// IPv6 one, as one household or machine has all of the rest. A link-local address counts whole, as
/// neighbours share its first half.
std::string network_of(const std::string& address);

/// True if the address is one of this machine.
bool is_this_machine(std::string_view address);

}  // namespace hss::auth
