#include "platform/signals.h"

#include <pthread.h>

namespace hss {

void ignore_broken_pipes() {
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignored, nullptr);
}

Signals::Signals(bool may_reload) : may_reload_(may_reload) {
  ignore_broken_pipes();
  struct sigaction on_hangup {};
  sigaction(SIGHUP, nullptr, &on_hangup);
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  if (may_reload || on_hangup.sa_handler != SIG_IGN) sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void Signals::wait_for_end(const std::function<void()>& reload) const {
  for (;;) {
    int signal = SIGTERM;
    sigwait(&signals_, &signal);
    if (signal != SIGHUP || !may_reload_) return;
    reload();
  }
}

}  // namespace hss
