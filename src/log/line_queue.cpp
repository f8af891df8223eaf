#include "log/line_queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>

namespace hss {
namespace {

using std::chrono::milliseconds;

/// The pause between two writes of gathered lines, unless so many bytes are waiting.
constexpr milliseconds gathering_time{50};
constexpr std::size_t gathered_enough = 64 * 1024;
/// A healthy reader has taken something within this time.
constexpr milliseconds reader_time{100};
/// The number of times that the destructor waits for a reader that makes progress.
constexpr int max_end_waits = 10;

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

struct LineQueue::State {
  State(platform::Output to, Options what) : output(to), options(std::move(what)) {}

  const platform::Output output;
  const Options options;
  std::mutex mutex;
  std::condition_variable changed;
  std::string lines;                    ///< that wait
  std::size_t dropped = 0;              ///< lines, since the last report of dropped ones
  std::atomic<std::size_t> writes = 0;  ///< that took something
  bool is_urgent = false;
  bool is_ending = false;
  bool is_finished = false;
  /// Used by the thread alone; under the lock if there is no thread.
  std::string in_writing;
  std::size_t written = 0;  ///< bytes of `in_writing`

  bool is_writing() const { return written < in_writing.size(); }

  /// Moves everything that waits to the writer, which has nothing. Called with the lock held.
  void take() {
    in_writing.clear();
    in_writing.swap(lines);
    written = 0;
    is_urgent = false;
    if (dropped == 0) return;
    try {
      in_writing.append(options.describe_drop(dropped));
      dropped = 0;
    } catch (const std::exception&) {
      // There is no memory left to report it.
    }
  }

  enum class Result { all, waiting, broken };
  /// Writes what the writer has, and waits for room for at most `timeout` on each round.
  Result write_some(milliseconds timeout) {
    while (is_writing()) {
      const auto done = output.write_some(std::string_view(in_writing).substr(written), timeout);
      if (done.state == platform::Output::State::waiting) return Result::waiting;
      if (done.state == platform::Output::State::broken) return Result::broken;
      written += done.size;
      ++writes;
    }
    return Result::all;
  }

  /// The log's disk may be full for now. Called with the lock held.
  void drop_in_writing() {
    dropped += count_lines(std::string_view(in_writing).substr(written));
    written = in_writing.size();
  }

  /// Used if there is no thread. Called with the lock held.
  void write_inline(milliseconds timeout) {
    if (!is_writing()) take();
    if (write_some(timeout) == Result::broken) drop_in_writing();
  }
};

LineQueue::LineQueue(platform::Output output, Options options)
    : state_(std::make_shared<State>(output, std::move(options))) {
  if (state_->options.pace == Pace::at_once) return;
  try {
    thread_ = std::thread([state = state_] { write_in_thread(state); });
  } catch (const std::system_error&) {
    // The system has no thread left; the callers write.
  }
}

LineQueue::~LineQueue() {
  std::unique_lock lock(state_->mutex);
  state_->is_ending = true;
  if (!thread_.joinable()) {
    state_->write_inline(reader_time);
    return;
  }
  state_->changed.notify_all();
  const auto is_finished = [this] { return state_->is_finished; };
  for (int waits = 0; waits < max_end_waits && !state_->is_finished; ++waits) {
    const std::size_t before = state_->writes;
    state_->changed.wait_for(lock, 2 * reader_time, is_finished);
    if (state_->writes == before) break;
  }
  const bool is_over = state_->is_finished;
  lock.unlock();
  if (is_over) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

void LineQueue::push(std::string_view line, bool is_urgent) {
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  const bool is_first = state.lines.empty();
  if (state.lines.size() + line.size() > state.options.max_queued) {
    state.dropped += count_lines(line);
  } else {
    state.lines.append(line);
  }
  if (!thread_.joinable()) {
    const bool may_wait = state.options.pace == Pace::at_once && !state.is_writing();
    return state.write_inline(may_wait ? reader_time : milliseconds(0));
  }
  const bool is_enough = state.lines.size() >= gathered_enough;
  const bool hurries = (is_urgent || is_enough) && !std::exchange(state.is_urgent, true);
  if (is_first || hurries) state.changed.notify_all();
}

void LineQueue::write_in_thread(const std::shared_ptr<State>& shared) {
  State& state = *shared;
  std::unique_lock lock(state.mutex);
  for (;;) {
    state.changed.wait(
        lock, [&] { return state.is_ending || !state.lines.empty() || state.is_writing(); });
    if (!state.is_writing()) {
      state.changed.wait_for(lock, gathering_time,
                             [&] { return state.is_ending || state.is_urgent; });
      state.take();
    }
    lock.unlock();
    const auto result = state.write_some(reader_time);
    lock.lock();
    if (result == State::Result::broken) state.drop_in_writing();
    const bool has_all = state.lines.empty() && state.dropped == 0;
    if (state.is_ending && (has_all || result != State::Result::all)) break;
  }
  state.is_finished = true;
  state.changed.notify_all();
}

void print_error(const std::string& line) {
  const platform::Output error(platform::StandardStream::error);
  LineQueue(error, {.pace = LineQueue::Pace::at_once}).push(line + "\n", true);
}

}  // namespace hss
