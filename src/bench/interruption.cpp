#include "bench/interruption.h"

#include <signal.h>

#include <stdexcept>

namespace hss::bench {
namespace {

volatile sig_atomic_t is_interrupted = 0;

}  // namespace

void note_interruptions() {
  struct sigaction action {};
  action.sa_handler = [](int) { is_interrupted = 1; };
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

void require_no_interruption() {
  if (is_interrupted != 0) throw std::runtime_error("the bench was interrupted");
}

}  // namespace hss::bench
