#include <windows.h>

#include "platform/paths.h"
#include "platform/utf16.h"

namespace hss::platform {
namespace {

std::optional<std::string> find_folder(const wchar_t* variable) {
  std::wstring value(::GetEnvironmentVariableW(variable, nullptr, 0), L'\0');
  value.resize(::GetEnvironmentVariableW(variable, value.data(), static_cast<DWORD>(value.size())));
  const bool is_absolute = value.size() > 2 && (value[1] == L':' || value.starts_with(L"\\\\"));
  if (!is_absolute) return std::nullopt;
  return to_utf8(value);
}

}  // namespace

const char* const home_variable = "USERPROFILE";

std::optional<std::string> data_folder() {
  const auto folder = find_folder(L"LOCALAPPDATA");
  if (!folder) return std::nullopt;
  return *folder + "\\HSS";
}

std::optional<std::string> home_folder() {
  return find_folder(L"USERPROFILE");
}

bool is_separator(char c) {
  return c == '/' || c == '\\';
}

}  // namespace hss::platform
