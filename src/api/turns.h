#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace hss::api {

/// Who may hash at once. A flood of logins must leave workers for everybody else, and whoever is
/// known must not wait behind those who are not: each share has turns of its own, one caller has
/// few of them, and one network, behind which many may live, leaves some to others. Thread-safe.
class Turns {
 public:
  enum class Share {
    anybody,  ///< 14 turns, 10 of one network, 4 of one account there
    known,    ///< 6 turns, 2 of one account: browsers that it has signed in with
    screens,  ///< 4 turns, 2 of one shared screen
    crowded,  ///< 2 turns, 1 of one network: where more register than a residence has students
  };

  /// Held while hashing. Outlived by its Turns.
  class Turn {
   public:
    Turn(Turns& turns, Share share, std::string network, std::string caller)
        : turns_(turns), share_(share), network_(std::move(network)), caller_(std::move(caller)) {}
    ~Turn() { turns_.give_back(share_, network_, caller_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
    const Share share_;
    const std::string network_, caller_;
  };

  /// Of whoever is known by themselves. Throws Error{rate_limited} at once where none is free.
  Turn take(Share share, const std::string& caller) { return take(share, "", caller); }
  /// Of `caller`, in a network that others share.
  Turn take(Share share, const std::string& network, const std::string& caller);

 private:
  struct Taken {
    int all = 0;
    std::map<std::string, int> by_network;
    std::map<std::pair<std::string, std::string>, int> by_caller;
  };

  void give_back(Share share, const std::string& network, const std::string& caller);

  std::mutex mutex_;
  std::array<Taken, 4> taken_;
};

}  // namespace hss::api
