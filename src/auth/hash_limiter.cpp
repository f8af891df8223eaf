#include "auth/hash_limiter.h"

#include <chrono>
#include <cstddef>

#include "domain/error.h"

namespace hss::auth {
namespace {

struct Limits {
  int all;
  int of_network;
  int of_caller;
};
constexpr std::array<Limits, 4> limits{{{14, 10, 4}, {6, 6, 2}, {4, 4, 2}, {2, 1, 1}}};

template <class Key>
int count(const std::map<Key, int>& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

template <class Key>
void take_one(std::map<Key, int>& counts, const Key& key) {
  const auto found = counts.find(key);
  if (--found->second == 0) counts.erase(found);
}

}  // namespace

HashLimiter::Slot HashLimiter::take(Pool pool, const std::string& network,
                                    const std::string& caller) {
  const auto index = static_cast<std::size_t>(pool);
  const std::pair who(network, caller);
  {
    const std::lock_guard lock(mutex_);
    Taken& taken = taken_[index];
    if (taken.all >= limits[index].all ||
        count(taken.by_network, network) >= limits[index].of_network ||
        count(taken.by_caller, who) >= limits[index].of_caller) {
      throw domain::Error::rate_limited("Too many people are signing in at once; please try again",
                                        std::chrono::seconds(2));
    }
    ++taken.all;
    ++taken.by_network[network];
    ++taken.by_caller[who];
  }
  return {*this, pool, network, caller};
}

void HashLimiter::give_back(Pool pool, const std::string& network, const std::string& caller) {
  const std::lock_guard lock(mutex_);
  Taken& taken = taken_[static_cast<std::size_t>(pool)];
  --taken.all;
  take_one(taken.by_network, network);
  take_one(taken.by_caller, std::pair(network, caller));
}

}  // namespace hss::auth
