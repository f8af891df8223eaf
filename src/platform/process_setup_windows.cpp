#include "platform/process_setup.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>

#include <initializer_list>

#include "domain/exhaustion.h"

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
