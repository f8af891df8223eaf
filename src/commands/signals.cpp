#include "commands/signals.h"

#include <pthread.h>

namespace hss::commands {

Signals::Signals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void Signals::wait_for_end(const std::function<void()>& reload) const {
  for (int signal = SIGHUP; signal == SIGHUP;) {
    sigwait(&signals_, &signal);
    if (signal == SIGHUP) reload();
  }
}

}  // namespace hss::commands
