#pragma once

#include <signal.h>

#include <functional>

namespace hss::commands {

/// The signals that ask something of the program, kept for one thread to wait for. Made before the
/// process starts another thread.
class Signals {
 public:
  Signals();

  /// Returns once the program is asked to end. Until then a hangup asks for `reload`.
  void wait_for_end(const std::function<void()>& reload) const;

 private:
  sigset_t signals_{};
};

}  // namespace hss::commands
