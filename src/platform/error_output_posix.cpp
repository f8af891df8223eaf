#include <fcntl.h>
#include <unistd.h>

#include "platform/error_output.h"

namespace hss::platform {

bool append_errors_to(const std::string& path) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  const bool is_done = ::dup2(file, STDERR_FILENO) == STDERR_FILENO;
  ::close(file);
  return is_done;
}

}  // namespace hss::platform
