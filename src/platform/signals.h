#pragma once

#include <signal.h>

#include <functional>

namespace hss {

/// A connection that the other side has closed fails the write that meets it, and does not end the
/// program. For every command that talks to another machine.
void ignore_broken_pipes();

/// The signals that ask something of the program, kept for one thread to wait for; broken pipes
/// are ignored. Made before the process starts another thread.
class Signals {
 public:
  /// A hangup ends the program, unless it `may_reload` or was started by nohup.
  explicit Signals(bool may_reload);

  /// Returns once the program is asked to end. Until then a hangup asks for `reload`, where it may.
  void wait_for_end(const std::function<void()>& reload) const;

 private:
  const bool may_reload_;
  sigset_t signals_{};
};

}  // namespace hss
