#include "storage/copy/copy.h"

#include <iostream>
#include <string>

#include "commands/commands.h"
#include "commands/report.h"
#include "platform/stop_request.h"
#include "platform/terminal.h"

namespace hss::commands {
namespace {

std::int64_t percent_of(const storage::CopyStep& step) {
  return step.of == 0 ? 0 : 100 * step.rows / step.of;
}

/// Shows how far a copy is: on a terminal in one line, elsewhere in a line now and then.
class Progress {
 public:
  ~Progress() { end_line(); }

  void show(const storage::CopyStep& step) {
    const std::int64_t percent = percent_of(step);
    const bool is_new = step.text != text_;
    if (is_on_terminal_) {
      if (!is_new && percent == percent_) return;
      // Back to the beginning, over what is there.
      std::cout << "\r\033[K" << line_of(step) << std::flush;
      is_line_open_ = true;
    } else {
      constexpr std::int64_t now_and_then = 10;
      if (is_new && step.of == 0) {
        std::cout << step.text << std::endl;
      } else if (percent / now_and_then != percent_ / now_and_then) {
        std::cout << line_of(step) << std::endl;
      }
    }
    text_ = step.text;
    percent_ = percent;
  }

  void end_line() {
    if (is_line_open_) std::cout << std::endl;
    is_line_open_ = false;
  }

 private:
  static std::string line_of(const storage::CopyStep& step) {
    if (step.of == 0) return step.text;
    return step.text + ": " + std::to_string(step.rows) + " of " + std::to_string(step.of) +
           " rows written or compared, " + std::to_string(percent_of(step)) + " %";
  }

  const bool is_on_terminal_ = platform::is_terminal(platform::StandardStream::output);
  bool is_line_open_ = false;
  std::string text_;
  std::int64_t percent_ = 0;
};

}  // namespace

int copy(const Config& config) {
  const auto& words = config.copy;
  if (words.is_undone) {
    const std::string place = storage::undo_move(words.from, report);
    std::cout << words.from.text() << " can be used again. What has been changed since at " << place
              << " is not in it: start HSS on one of the two alone\n";
    return 0;
  }
  const platform::StopOnRequest stop;
  Progress progress;
  const auto copied = storage::move_data(
      words.from, words.to, [&](const storage::CopyStep& step) { progress.show(step); }, report,
      stop.token());
  progress.end_line();
  for (const std::string& total : copied.wrong_totals) {
    std::cout << "A total was wrong before, and is copied as it was: " << total << '\n';
  }
  std::cout << "Moved " << copied.bookings << " bookings and " << copied.events
            << " audit events from " << words.from.text() << " to " << words.to.text() << ": "
            << copied.rows << " rows, the same in both places. Start HSS on " << words.to.text()
            << "; it does not start on " << words.from.text() << " any more\n";
  return 0;
}

}  // namespace hss::commands
