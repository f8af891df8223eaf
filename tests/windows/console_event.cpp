// console_event NAME EVENT: starts in the process of that name what Windows starts there when its
// console is closed (CTRL_CLOSE_EVENT, 2): a thread that calls the handlers. Ends with 0 once the
// process has ended.
#include <windows.h>

#include <tlhelp32.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

HANDLE open_process(std::string_view name) {
  const HANDLE all = ::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32 entry{};
  entry.dwSize = sizeof entry;
  BOOL found = ::Process32First(all, &entry);
  while (found != 0 && name != entry.szExeFile) found = ::Process32Next(all, &entry);
  return found == 0 ? nullptr : ::OpenProcess(PROCESS_ALL_ACCESS, FALSE, entry.th32ProcessID);
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  const HANDLE process = open_process(words[1]);
  // It lies at the same address in all processes.
  const auto routine = reinterpret_cast<LPTHREAD_START_ROUTINE>(
      reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"kernelbase"), "CtrlRoutine")));
  if (process == nullptr || routine == nullptr) return 3;
  const auto event = static_cast<std::uintptr_t>(std::strtoul(words[2], nullptr, 10));
  ::CreateRemoteThread(process, nullptr, 0, routine, reinterpret_cast<void*>(event), 0, nullptr);
  constexpr DWORD max_wait_ms = 30000;
  return ::WaitForSingleObject(process, max_wait_ms) == WAIT_OBJECT_0 ? 0 : 1;
}
