#include <windows.h>

#include "platform/error_output.h"
#include "platform/utf16.h"

namespace hss::platform {

bool append_errors_to(const std::string& path) {
  // Others may copy the file meanwhile, and shorten it.
  const HANDLE file = ::CreateFileW(to_wide(path).c_str(), FILE_APPEND_DATA | SYNCHRONIZE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                    OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return false;
  if (::SetStdHandle(STD_ERROR_HANDLE, file) != 0) return true;
  ::CloseHandle(file);
  return false;
}

}  // namespace hss::platform
