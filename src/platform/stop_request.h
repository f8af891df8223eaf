#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace hss::platform {

/// Makes a write to a closed connection fail instead of ending the program. For every command that
/// talks to another machine.
void ignore_broken_pipes();

/// When wait() calls `reload`, for a sentence: "on SIGHUP".
extern const std::string_view reload_occasion;

/// When a running server has read its token keys again at the latest, for a sentence: "after a
/// SIGHUP".
extern const std::string_view key_reload_occasion;

/// Hears that this program is to end: SIGTERM, SIGINT or SIGHUP; on Windows Ctrl+C, taskkill
/// without /f, and that its console is closed, the person signs out or the machine shuts down,
/// which wait for main() to return. Broken pipes are ignored. One at a time; created before the
/// process starts another thread.
class StopRequest {
 public:
  enum class Hangup {
    ends,    ///< asks the program to end, unless it was started by nohup
    reloads  ///< has wait() call `reload`
  };
  explicit StopRequest(Hangup hangup = Hangup::ends);
  ~StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;

  /// Returns once the program is asked to end. One thread at a time. Windows has no hangup: there
  /// it calls `reload` some seconds after one of these files has changed.
  void wait(const std::function<void()>& reload = {},
            const std::vector<std::string>& reloaded_files = {});

  /// Asks it from inside. Thread-safe.
  void request();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

/// The same for work that asks a token whether to go on.
class StopOnRequest {
 public:
  StopOnRequest();
  ~StopOnRequest();
  StopOnRequest(const StopOnRequest&) = delete;
  StopOnRequest& operator=(const StopOnRequest&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  StopRequest request_;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace hss::platform
