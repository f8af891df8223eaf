#include "platform/process_setup.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>

#include <cerrno>
#include <cstdint>
#include <cwchar>
#include <iterator>

#include "domain/exhaustion.h"

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

namespace hss {
namespace {

/// Otherwise the database or a connection would get their numbers, and output would go into it.
void open_standard_streams() {
  for (const DWORD stream : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
    const HANDLE given = ::GetStdHandle(stream);
    if (given != nullptr && given != INVALID_HANDLE_VALUE) continue;
    ::SetStdHandle(stream, ::CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE,
                                         FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                         0, nullptr));
  }
}

}  // namespace

void set_up_process() {
  open_standard_streams();
  domain::keep_memory_reserve();
  ::SetConsoleOutputCP(CP_UTF8);
  ::SetConsoleCP(CP_UTF8);
  // A line ends as it does on other systems, in files and in pipes.
  _fmode = _O_BINARY;
  for (const int descriptor : {0, 1, 2}) ::_setmode(descriptor, _O_BINARY);
  // Nobody may be there to close a window that says that the program has crashed.
  ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

}  // namespace hss
