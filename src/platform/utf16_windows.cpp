#include "platform/utf16.h"

#include <windows.h>

#include <cerrno>
#include <cstdint>
#include <cwchar>
#include <iterator>
#include <string>

namespace {

/// The room that a character takes in UTF-8, by its first byte; 0 for one that begins none.
std::size_t size_of_character(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

}  // namespace

/// Replaces the C library's, which knows no UTF-8 and is what std::filesystem makes paths with. A
/// character beyond 16 bits comes in two parts, of which `state` keeps the second.
extern "C" std::size_t mbrtowc(wchar_t* into, const char* text, std::size_t size,
                               std::mbstate_t* state) {
  if (text == nullptr) return 0;
  if (size == 0) return static_cast<std::size_t>(-2);
  auto* const kept = reinterpret_cast<std::uint32_t*>(state);
  if (kept != nullptr && *kept != 0) {
    if (into != nullptr) *into = static_cast<wchar_t>(*kept);
    *kept = 0;
    return 1;
  }
  const std::size_t room = size_of_character(static_cast<unsigned char>(*text));
  if (room > size) return static_cast<std::size_t>(-2);
  wchar_t units[2]{};
  const int count =
      room == 0 ? 0
                : ::MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, static_cast<int>(room),
                                        units, static_cast<int>(std::size(units)));
  if (count == 0 || (count == 2 && kept == nullptr)) {
    errno = EILSEQ;
    return static_cast<std::size_t>(-1);
  }
  if (into != nullptr) *into = units[0];
  if (count == 1) return units[0] == L'\0' ? 0 : room;
  *kept = units[1];
  return room - 1;
}

// They lie in one file of the C library with it, which would come along with its own of it.

extern "C" std::size_t mbrlen(const char* text, std::size_t size, std::mbstate_t* state) {
  return ::mbrtowc(nullptr, text, size, state);
}

extern "C" std::size_t mbsrtowcs(wchar_t* into, const char** text, std::size_t room,
                                 std::mbstate_t* state) {
  std::size_t count = 0;
  for (const char* at = *text; into == nullptr || count < room; ++count) {
    wchar_t unit = 0;
    const std::size_t size = ::mbrtowc(&unit, at, std::char_traits<char>::length(at) + 1, state);
    if (size > static_cast<std::size_t>(-3)) return static_cast<std::size_t>(-1);
    if (into != nullptr) into[count] = unit;
    at = size == 0 ? nullptr : at + size;
    if (into != nullptr) *text = at;
    if (at == nullptr) break;
  }
  return count;
}

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
