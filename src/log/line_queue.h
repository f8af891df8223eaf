#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "platform/output.h"

namespace hss {

/// A queue of lines for an output that may never take them: a paused terminal, a pipe that nobody
/// reads. Neither push() nor the destructor waits for it; lines that do not fit into a queue
/// of `max_queued` bytes are dropped, and their number is written once the output takes lines
/// again. Thread-safe.
class LineQueue {
 public:
  enum class Pace {
    gathered,  ///< by a thread, some tens of milliseconds later, so that one write takes many
    at_once    ///< by the caller, which waits for a moment if there is no room
  };
  struct Options {
    Pace pace = Pace::gathered;
    std::size_t max_queued = 4 * 1024 * 1024;  ///< bytes
    /// Returns the line that reports the number of dropped lines, with its end.
    std::function<std::string(std::size_t dropped)> describe_drop = [](std::size_t) {
      return std::string();
    };
  };

  /// If no thread can be started, the callers write, and do not wait either.
  LineQueue(platform::Output output, Options options);
  /// Writes what the output takes without delay, and drops the rest.
  ~LineQueue();
  LineQueue(const LineQueue&) = delete;
  LineQueue& operator=(const LineQueue&) = delete;

  /// `line` includes its end. `is_urgent`: do not gather it with others.
  void push(std::string_view line, bool is_urgent);

 private:
  struct State;
  static void write_in_thread(const std::shared_ptr<State>& state);

  /// Outlives this if the thread is blocked in a write.
  const std::shared_ptr<State> state_;
  std::thread thread_;
};

/// Writes one line on standard error, with the reason why a program ends; does not wait for a
/// reader any longer.
void print_error(const std::string& line);

}  // namespace hss
