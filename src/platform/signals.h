#pragma once

#include <signal.h>

#include <functional>

namespace hss {

/// Makes a write to a closed connection fail instead of ending the program. For every command that
/// talks to another machine.
void ignore_broken_pipes();

/// Blocks the signals that the program reacts to, for one thread to wait for; broken pipes are
/// ignored. Created before the process starts another thread.
class Signals {
 public:
  /// A hangup ends the program, unless it `may_reload` or was started by nohup.
  explicit Signals(bool may_reload);

  /// Returns once a signal asks the program to end. Until then a hangup calls `reload`, if it may.
  void wait_for_end(const std::function<void()>& reload) const;

 private:
  const bool may_reload_;
  sigset_t signals_{};
};

}  // namespace hss
