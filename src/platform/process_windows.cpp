#include "platform/process.h"

#include <windows.h>

#include <psapi.h>
#include <shellapi.h>

#include <algorithm>

#include "platform/utf16.h"

namespace hss::platform {
namespace {

/// As a program of Windows splits its command line again.
std::wstring quoted(const std::wstring& word) {
  if (!word.empty() && word.find_first_of(L" \t\"") == word.npos) return word;
  std::wstring result = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : word) {
    // Before a quote, each backslash is doubled, and the quote has one of its own.
    if (c == L'"') result.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    result += c;
  }
  return result.append(backslashes, L'\\') + L'"';
}

double seconds(const FILETIME& time) {
  const std::uint64_t ticks = std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
  return static_cast<double>(ticks) * 1e-7;
}

}  // namespace

const std::string_view browser_opener = "A browser";

bool open_browser(const std::string& url) {
  const auto result = reinterpret_cast<std::intptr_t>(
      ::ShellExecuteW(nullptr, L"open", to_wide(url).c_str(), nullptr, nullptr, SW_SHOWNORMAL));
  constexpr std::intptr_t last_error = 32;
  return result > last_error;
}

bool show_message(const std::string& title, const std::string& text) {
  return ::MessageBoxW(nullptr, to_wide(text).c_str(), to_wide(title).c_str(),
                       MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND) != 0;
}

bool start_detached(const std::vector<std::string>& words) {
  std::wstring line;
  for (const std::string& word : words) line += (line.empty() ? L"" : L" ") + quoted(to_wide(word));
  STARTUPINFOW start{};
  start.cb = sizeof start;
  PROCESS_INFORMATION process{};
  if (::CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE,
                       DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP, nullptr, nullptr, &start,
                       &process) == 0) {
    return false;
  }
  ::CloseHandle(process.hThread);
  ::CloseHandle(process.hProcess);
  return true;
}

std::string executable_path() {
  constexpr DWORD longest = 32'768;
  std::wstring path(longest, L'\0');
  path.resize(::GetModuleFileNameW(nullptr, path.data(), longest));
  return to_utf8(path);
}

std::uint64_t process_id() {
  return ::GetCurrentProcessId();
}

std::optional<std::uint64_t> raise_open_files() {
  return std::nullopt;
}

std::optional<std::uint64_t> address_space_limit() {
  return std::nullopt;
}

std::uint64_t memory_limit() {
  MEMORYSTATUSEX memory{};
  memory.dwLength = sizeof memory;
  std::uint64_t least = ~std::uint64_t{0};
  if (::GlobalMemoryStatusEx(&memory) != 0) least = memory.ullTotalPhys;
  // What a container or a service is limited by.
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION job{};
  if (::QueryInformationJobObject(nullptr, JobObjectExtendedLimitInformation, &job, sizeof job,
                                  nullptr) != 0) {
    const DWORD flags = job.BasicLimitInformation.LimitFlags;
    if ((flags & JOB_OBJECT_LIMIT_PROCESS_MEMORY) != 0) {
      least = std::min<std::uint64_t>(least, job.ProcessMemoryLimit);
    }
    if ((flags & JOB_OBJECT_LIMIT_JOB_MEMORY) != 0) {
      least = std::min<std::uint64_t>(least, job.JobMemoryLimit);
    }
  }
  return least;
}

ProcessUsage process_usage() {
  ProcessUsage usage;
  FILETIME start{}, end{}, kernel{}, user{};
  if (::GetProcessTimes(::GetCurrentProcess(), &start, &end, &kernel, &user) != 0) {
    usage.cpu_seconds = seconds(kernel) + seconds(user);
  }
  PROCESS_MEMORY_COUNTERS memory{};
  memory.cb = sizeof memory;
  if (::K32GetProcessMemoryInfo(::GetCurrentProcess(), &memory, sizeof memory) != 0) {
    usage.resident_bytes = static_cast<double>(memory.WorkingSetSize);
  }
  return usage;
}

}  // namespace hss::platform
