#include <windows.h>

#include <io.h>

#include <cstdio>

#include "platform/terminal.h"

namespace hss::platform {
namespace {

HANDLE handle_of(StandardStream stream) {
  switch (stream) {
    case StandardStream::input:
      return ::GetStdHandle(STD_INPUT_HANDLE);
    case StandardStream::output:
      return ::GetStdHandle(STD_OUTPUT_HANDLE);
    case StandardStream::error:
      break;
  }
  return ::GetStdHandle(STD_ERROR_HANDLE);
}

/// True if the console was opened for this process, and nobody else has it.
bool has_own_console() {
  DWORD process = 0;
  return ::GetConsoleProcessList(&process, 1) == 1;
}

/// Has the C library and the system forget the console, whose handles others may get.
void lead_nowhere(std::FILE* stream, const char* mode, DWORD name) {
  if (std::freopen("NUL", mode, stream) == nullptr) return;
  ::SetStdHandle(name, reinterpret_cast<HANDLE>(::_get_osfhandle(::_fileno(stream))));
}

}  // namespace

bool is_terminal(StandardStream stream) {
  DWORD mode = 0;
  return ::GetConsoleMode(handle_of(stream), &mode) != 0;
}

bool is_started_from_desktop() {
  return has_own_console() && is_terminal(StandardStream::input) &&
         is_terminal(StandardStream::output) && is_terminal(StandardStream::error);
}

void close_own_console() {
  if (!has_own_console()) return;
  lead_nowhere(stdin, "r", STD_INPUT_HANDLE);
  lead_nowhere(stdout, "w", STD_OUTPUT_HANDLE);
  lead_nowhere(stderr, "w", STD_ERROR_HANDLE);
  ::FreeConsole();
}

struct UnseenInput::State {
  HANDLE input = INVALID_HANDLE_VALUE;
  DWORD before = 0;
};

UnseenInput::UnseenInput() : state_(std::make_unique<State>()) {
  state_->input = handle_of(StandardStream::input);
  ::GetConsoleMode(state_->input, &state_->before);
  ::SetConsoleMode(state_->input, state_->before & ~DWORD{ENABLE_ECHO_INPUT});
}

UnseenInput::~UnseenInput() {
  ::SetConsoleMode(state_->input, state_->before);
}

}  // namespace hss::platform
