#include "platform/stop_request.h"

#include <pthread.h>
#include <signal.h>

#include <mutex>
#include <optional>

namespace hss::platform {

const std::string_view reload_occasion = "on SIGHUP";
const std::string_view key_reload_occasion = "after a SIGHUP";

void ignore_broken_pipes() {
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignored, nullptr);
}

struct StopRequest::State {
  bool may_reload = false;
  sigset_t signals{};
  std::mutex mutex;
  bool is_requested = false;
  std::optional<pthread_t> waiting;
};

StopRequest::StopRequest(Hangup hangup) : state_(std::make_unique<State>()) {
  ignore_broken_pipes();
  state_->may_reload = hangup == Hangup::reloads;
  struct sigaction on_hangup {};
  sigaction(SIGHUP, nullptr, &on_hangup);
  sigset_t& signals = state_->signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (state_->may_reload || on_hangup.sa_handler != SIG_IGN) sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

StopRequest::~StopRequest() = default;

void StopRequest::wait(const std::function<void()>& reload, const std::vector<std::string>&) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_requested) return;
    state_->waiting = pthread_self();
  }
  int signal = SIGTERM;
  for (;;) {
    sigwait(&state_->signals, &signal);
    if (signal != SIGHUP || !state_->may_reload) break;
    reload();
  }
  const std::lock_guard lock(state_->mutex);
  state_->waiting.reset();
}

void StopRequest::request() {
  const std::lock_guard lock(state_->mutex);
  state_->is_requested = true;
  // The thread takes it with sigwait(): it ends nothing.
  if (state_->waiting)
    pthread_kill(*state_->waiting, SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
}

}  // namespace hss::platform
