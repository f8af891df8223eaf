#include <windows.h>

#include "platform/utf16.h"

namespace hss::platform {

std::wstring to_wide(std::string_view text) {
  const int size = static_cast<int>(text.size());
  std::wstring wide(
      static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)),
      L'\0');
  ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, wide.data(), static_cast<int>(wide.size()));
  return wide;
}

std::string to_utf8(std::wstring_view text) {
  const int size = static_cast<int>(text.size());
  const auto convert = [&](char* into, int room) {
    return ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, into, room, nullptr, nullptr);
  };
  std::string narrow(static_cast<std::size_t>(convert(nullptr, 0)), '\0');
  convert(narrow.data(), static_cast<int>(narrow.size()));
  return narrow;
}

std::error_code last_failure() {
  return {static_cast<int>(::GetLastError()), std::system_category()};
}

}  // namespace hss::platform
