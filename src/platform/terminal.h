#pragma once

#include <memory>

#include "platform/standard_stream.h"

namespace hss::platform {

/// True if a person sees what is written there, or types what is read.
bool is_terminal(StandardStream stream);

/// True if the program was started from a desktop, as by a double-click, and nobody reads a
/// terminal. On Windows it then has a console of its own.
bool is_started_from_desktop();

/// Closes the console that Windows opened for this program alone; its standard streams lead nowhere
/// from then on. Does nothing elsewhere, and where somebody else uses the console. Called before an
/// Output is made.
void close_own_console();

/// While it lives, the terminal does not show what is typed.
class UnseenInput {
 public:
  UnseenInput();
  ~UnseenInput();
  UnseenInput(const UnseenInput&) = delete;
  UnseenInput& operator=(const UnseenInput&) = delete;

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace hss::platform
