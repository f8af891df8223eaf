#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace hss {

/// Lines for a descriptor that may never take them: a paused terminal, a pipe that nobody reads.
/// push() does not wait for it and neither does the end; what finds no room in a queue of
/// `max_queued` bytes is dropped, and how many lines that were is written once lines are taken
/// again. Thread-safe.
class LineQueue {
 public:
  enum class Pace {
    gathered,  ///< by a thread, some tens of milliseconds later, so that many go at once
    at_once    ///< by the caller, who waits for a moment where there is no room
  };
  struct Options {
    Pace pace = Pace::gathered;
    std::size_t max_queued = 4 * 1024 * 1024;  ///< bytes
    /// The line that says how many were dropped, with its end.
    std::function<std::string(std::size_t dropped)> describe_drop = [](std::size_t) {
      return std::string();
    };
  };

  /// `descriptor` stays the caller's. Where no thread can be had, the callers write, and do not
  /// wait either.
  LineQueue(int descriptor, Options options);
  /// Writes what is taken without delay, and leaves the rest.
  ~LineQueue();
  LineQueue(const LineQueue&) = delete;
  LineQueue& operator=(const LineQueue&) = delete;

  /// `line` has its end. `is_urgent`: it is not gathered with others.
  void push(std::string_view line, bool is_urgent);

 private:
  struct State;
  static void write_in_thread(const std::shared_ptr<State>& state);

  /// Outlives this where the thread is caught in a write.
  const std::shared_ptr<State> state_;
  std::thread thread_;
};

/// One line on standard error, where a program says why it ends; waits no longer for a reader.
void print_error(const std::string& line);

}  // namespace hss
