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

/// How often something may be tried: `burst` times at once, and once more each `interval`.
struct RateLimit {
  int burst = 1;
  std::chrono::seconds interval{1};
};

/// One counter of a try. A name that a client chose has its place apart from those that only the
/// server makes, so that ever new ones crowd out none of them.
struct Attempt {
  enum class Name { of_ours, of_client };

  std::string name;
  RateLimit limit;
  Name from = Name::of_ours;
};

/// Limits attempts by GCRA, in memory, with never more than `max` counters of each kind of name, of
/// one size whatever they are called. A counter goes once it is empty; where all of them are in
/// use, a new one is refused. Thread-safe.
class RateLimiter {
 public:
  explicit RateLimiter(domain::Clock now, std::size_t max = 20'000);

  /// Counts one attempt on all of these, or on none: the first that has had too many throws
  /// Error{rate_limited} with when to come back.
  void count(std::span<const Attempt> attempts);
  void count(const Attempt& attempt) { count({&attempt, 1}); }
  /// Takes an attempt that was right off the counters.
  void forgive(std::span<const Attempt> attempts);
  /// True where as many as `tries` were counted lately.
  bool has_counted(const Attempt& attempt, int tries) const;

  std::size_t size() const;

 private:
  /// When the tries of each are forgotten, by the SHA-256 of its name: each try adds an interval.
  class Counters {
   public:
    domain::Instant empty_at(const std::string& key) const;
    void set(const std::string& key, domain::Instant empty_at);
    /// True if there is room for one that is not there yet, of `max`.
    bool has_room(const std::string& key, std::size_t max, domain::Instant now);
    std::size_t size() const { return by_key_.size(); }
    domain::Instant first_empty_at() const { return by_time_.begin()->first; }

   private:
    std::map<std::string, domain::Instant> by_key_;
    std::set<std::pair<domain::Instant, std::string>> by_time_;
  };

  Counters& counters(const Attempt& attempt);
  const Counters& counters(const Attempt& attempt) const;

  domain::Clock now_;
  const std::size_t max_;
  mutable std::mutex mutex_;
  Counters ours_, clients_;
};

/// What tries from one address are counted by: the address, of an IPv6 one its first half, as one
/// household or machine has all of the rest; a link-local one whole, as neighbours share the half.
std::string network_of(const std::string& address);

/// True if the client's address is one of this machine's own.
bool is_this_machine(std::string_view address);

}  // namespace hss::auth
