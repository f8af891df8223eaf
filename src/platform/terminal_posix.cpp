#include "platform/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "platform/system_specifics.h"

namespace hss::platform {
bool is_terminal(StandardStream stream) {
  return ::isatty(descriptor_of(stream)) != 0;
}

bool is_started_from_desktop() {
  return !is_terminal(StandardStream::input) && !is_terminal(StandardStream::output) &&
         !is_terminal(StandardStream::error) && has_desktop();
}

void close_own_console() {}

struct UnseenInput::State {
  termios before{};
};

UnseenInput::UnseenInput() : state_(std::make_unique<State>()) {
  ::tcgetattr(STDIN_FILENO, &state_->before);
  termios unseen = state_->before;
  unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
}

UnseenInput::~UnseenInput() {
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &state_->before);
}

}  // namespace hss::platform
