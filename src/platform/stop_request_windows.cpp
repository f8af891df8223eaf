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

BOOL WINAPI handle_console(DWORD event) {
  const HANDLE requested = is_requested;
  if (requested == nullptr) return FALSE;
  ::SetEvent(requested);
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) hold_process();
  return TRUE;
}

LRESULT CALLBACK handle_window(HWND window, UINT message, WPARAM wide, LPARAM other) {
  switch (message) {
    case WM_QUERYENDSESSION:
      return TRUE;
    case WM_ENDSESSION:
      if (wide == FALSE) return 0;
      ::SetEvent(is_requested);
      hold_process();
    case WM_CLOSE:
      ::DestroyWindow(window);
      return 0;
    case WM_DESTROY:
      ::PostQuitMessage(0);
      return 0;
    default:
      return ::DefWindowProcW(window, message, wide, other);
  }
}

/// A program that has loaded Windows' own windows hears of the end of a session only in one of its
/// own. It is never shown.
class SessionWindow {
 public:
  SessionWindow() : thread_([this] { run(); }) { created_.get_future().wait(); }
  ~SessionWindow() {
    if (window_ != nullptr) ::PostMessageW(window_, WM_CLOSE, 0, 0);
    thread_.join();
  }
  SessionWindow(const SessionWindow&) = delete;
  SessionWindow& operator=(const SessionWindow&) = delete;

 private:
  void run() {
    WNDCLASSW kind{};
    kind.lpfnWndProc = handle_window;
    kind.hInstance = ::GetModuleHandleW(nullptr);
    kind.lpszClassName = L"HSS";
    ::RegisterClassW(&kind);
    window_ = ::CreateWindowExW(0, kind.lpszClassName, L"HSS", WS_OVERLAPPED, 0, 0, 0, 0, nullptr,
                                nullptr, kind.hInstance, nullptr);
    created_.set_value();
    MSG message{};
    while (window_ != nullptr && ::GetMessageW(&message, nullptr, 0, 0) > 0) {
      ::DispatchMessageW(&message);
    }
  }

  HWND window_ = nullptr;
  std::promise<void> created_;
  std::thread thread_;
};

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
  HANDLE requested = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
  std::unique_ptr<SessionWindow> window;
};

StopRequest::StopRequest(Hangup) : state_(std::make_unique<State>()) {
  is_requested = state_->requested;
  ::SetConsoleCtrlHandler(handle_console, TRUE);
  state_->window = std::make_unique<SessionWindow>();
}

StopRequest::~StopRequest() {
  state_->window.reset();
  ::SetConsoleCtrlHandler(handle_console, FALSE);
  is_requested = nullptr;
  // A handler may be using it still, and the process is about to end.
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
