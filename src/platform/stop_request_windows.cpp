#include "platform/stop_request.h"

#include <windows.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <utility>

#include "platform/utf16.h"

namespace hss::platform {
namespace {

/// Set once the program is asked to end. The console's handler gets nothing else to find it by.
std::atomic<HANDLE> is_requested = nullptr;

/// The system ends the process as soon as it is answered; who asks so is answered by the process's
/// own end.
[[noreturn]] void hold_process() {
  for (;;) ::Sleep(INFINITE);
}

/// False if nothing waits for a request.
bool request_stop() {
  const HANDLE requested = is_requested;
  return requested != nullptr && ::SetEvent(requested) != 0;
}

BOOL WINAPI handle_console(DWORD event) {
  if (!request_stop()) return FALSE;
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) hold_process();
  return TRUE;
}

LRESULT CALLBACK handle_window(HWND window, UINT message, WPARAM wide, LPARAM other) {
  switch (message) {
    case WM_CLOSE:
      request_stop();
      return 0;
    case WM_QUERYENDSESSION:
      return TRUE;
    case WM_ENDSESSION:
      if (wide != FALSE && request_stop()) hold_process();
      return 0;
    default:
      return ::DefWindowProcW(window, message, wide, other);
  }
}

/// A program that has loaded Windows' own windows hears of the end of a session only in one of its
/// own. It is never shown.
void run_session_window(std::promise<void> created) {
  WNDCLASSW kind{};
  kind.lpfnWndProc = handle_window;
  kind.hInstance = ::GetModuleHandleW(nullptr);
  kind.lpszClassName = L"HSS";
  ::RegisterClassW(&kind);
  const HWND window = ::CreateWindowExW(0, kind.lpszClassName, L"HSS", WS_OVERLAPPED, 0, 0, 0, 0,
                                        nullptr, nullptr, kind.hInstance, nullptr);
  created.set_value();
  MSG message{};
  while (window != nullptr && ::GetMessageW(&message, nullptr, 0, 0) > 0) {
    ::DispatchMessageW(&message);
  }
}

/// Hears of the system's requests until the process ends: while one is held, nobody could take its
/// handler away or wait for its thread.
void listen_once() {
  [[maybe_unused]] static const bool listens = [] {
    ::SetConsoleCtrlHandler(handle_console, TRUE);
    std::promise<void> created;
    auto is_created = created.get_future();
    std::thread(run_session_window, std::move(created)).detach();
    is_created.wait();
    return true;
  }();
}

/// When each was written last, in ticks of 100 ns, finer than std::filesystem tells.
std::vector<std::uint64_t> times_of(const std::vector<std::string>& files) {
  std::vector<std::uint64_t> times;
  for (const std::string& file : files) {
    WIN32_FILE_ATTRIBUTE_DATA found{};
    ::GetFileAttributesExW(to_wide(file).c_str(), GetFileExInfoStandard, &found);
    const FILETIME& time = found.ftLastWriteTime;
    times.push_back(std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime);
  }
  return times;
}

}  // namespace

const std::string_view reload_occasion = "when it changes";
const std::string_view key_reload_occasion = "after a restart";

void ignore_broken_pipes() {}

struct StopRequest::State {
  /// Not closed, as a handler may be using it still, and the process is about to end.
  const HANDLE requested = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
};

StopRequest::StopRequest(Hangup) : state_(std::make_unique<State>()) {
  is_requested = state_->requested;
  listen_once();
}

StopRequest::~StopRequest() {
  is_requested = nullptr;
}

void StopRequest::wait(const std::function<void()>& reload,
                       const std::vector<std::string>& reloaded_files) {
  constexpr DWORD pause_ms = 2000;
  const DWORD pause = reloaded_files.empty() ? INFINITE : pause_ms;
  auto loaded = times_of(reloaded_files), last = loaded;
  while (::WaitForSingleObject(state_->requested, pause) == WAIT_TIMEOUT) {
    const auto now = times_of(reloaded_files);
    // Somebody may still be writing the second of two files.
    if (now != std::exchange(last, now) || now == loaded) continue;
    loaded = now;
    reload();
  }
}

void StopRequest::request() {
  ::SetEvent(state_->requested);
}

}  // namespace hss::platform
