#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace hss::api {

/// Who may hash at once. A flood of logins must leave workers for everybody else, and whoever is
/// known must not wait behind those who are not: each share has turns of its own, and one caller
/// has few of them. Thread-safe.
class Turns {
 public:
  enum class Share {
    anybody,  ///< 14 turns, 4 of one network
    known,    ///< 6 turns, 2 of one account: browsers that it has signed in with
    screens,  ///< 4 turns, 2 of one shared screen
  };

  /// Held while hashing. Outlived by its Turns.
  class Turn {
   public:
    Turn(Turns& turns, Share share, std::string caller)
        : turns_(turns), share_(share), caller_(std::move(caller)) {}
    ~Turn() { turns_.give_back(share_, caller_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
    const Share share_;
    const std::string caller_;
  };

  /// Throws Error{rate_limited} at once where none is free.
  Turn take(Share share, const std::string& caller);

 private:
  struct Taken {
    int all = 0;
    std::map<std::string, int> by_caller;
  };

  void give_back(Share share, const std::string& caller);

  std::mutex mutex_;
  std::array<Taken, 3> taken_;
};

}  // namespace hss::api
