#pragma once

#include <signal.h>

#include <stop_token>
#include <thread>

namespace hss::commands {

/// While it lives, Ctrl+C and similar signals end the work under way in order. Created before
/// another thread is.
class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  sigset_t signals_{};
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace hss::commands
