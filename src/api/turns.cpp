#include "api/turns.h"

#include <chrono>
#include <cstddef>

#include "domain/error.h"

namespace hss::api {
namespace {

struct Most {
  int all;
  int of_caller;
};
constexpr std::array<Most, 3> most{{{14, 4}, {6, 2}, {4, 2}}};

}  // namespace

Turns::Turn Turns::take(Share share, const std::string& caller) {
  const auto index = static_cast<std::size_t>(share);
  {
    const std::lock_guard lock(mutex_);
    Taken& taken = taken_[index];
    int& of_caller = taken.by_caller[caller];
    if (taken.all >= most[index].all || of_caller >= most[index].of_caller) {
      if (of_caller == 0) taken.by_caller.erase(caller);
      throw domain::Error::rate_limited("Too many people are signing in at once; please try again",
                                        std::chrono::seconds(2));
    }
    ++taken.all;
    ++of_caller;
  }
  return {*this, share, caller};
}

void Turns::give_back(Share share, const std::string& caller) {
  const std::lock_guard lock(mutex_);
  Taken& taken = taken_[static_cast<std::size_t>(share)];
  --taken.all;
  if (const auto found = taken.by_caller.find(caller); --found->second == 0) {
    taken.by_caller.erase(found);
  }
}

}  // namespace hss::api
