#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace hss::auth {

/// Bounds how many passwords are hashed at once. A flood of logins leaves workers for others, and
/// trusted devices do not wait behind unknown browsers: each pool has its own slots, one caller
/// gets few of them, and one network, which many may share, leaves some for others. Thread-safe.
class HashLimiter {
 public:
  enum class Pool {
    anybody,  ///< 14 slots, 10 of one network, 4 of one account there
    known,    ///< 6 slots, 2 of one account: its trusted devices
    kiosks,   ///< 4 slots, 2 of one kiosk
    crowded,  ///< 2 slots, 1 of one network: networks with more registrations than a residence has
  };

  /// Held while hashing. Its HashLimiter outlives it.
  class Slot {
   public:
    Slot(HashLimiter& hash_limiter, Pool pool, std::string network, std::string caller)
        : hash_limiter_(hash_limiter),
          pool_(pool),
          network_(std::move(network)),
          caller_(std::move(caller)) {}
    ~Slot() { hash_limiter_.give_back(pool_, network_, caller_); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

   private:
    HashLimiter& hash_limiter_;
    const Pool pool_;
    const std::string network_, caller_;
  };

  /// Takes a slot for a caller that is known without its network. Throws Error{rate_limited} at
  /// once if none is free.
  Slot take(Pool pool, const std::string& caller) { return take(pool, "", caller); }
  /// Takes a slot for `caller` in a network that others share. Throws likewise.
  Slot take(Pool pool, const std::string& network, const std::string& caller);

 private:
  struct Taken {
    int all = 0;
    std::map<std::string, int> by_network;
    std::map<std::pair<std::string, std::string>, int> by_caller;
  };

  void give_back(Pool pool, const std::string& network, const std::string& caller);

  std::mutex mutex_;
  std::array<Taken, 4> taken_;
};

}  // namespace hss::auth
