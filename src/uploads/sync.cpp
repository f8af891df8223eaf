#include "uploads/sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace hss::uploads {

bool sync(int descriptor) {
  return ::fsync(descriptor) == 0 || errno == EINVAL;
}

bool sync_path(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_synced = sync(descriptor);
  const int failure = errno;
  ::close(descriptor);
  errno = failure;
  return is_synced;
}

}  // namespace hss::uploads
