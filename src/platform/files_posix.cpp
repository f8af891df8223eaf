#include "platform/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace hss::platform {
namespace {

std::error_code last_failure() {
  return {errno, std::generic_category()};
}

std::error_code failure_unless(bool is_done) {
  return is_done ? std::error_code() : last_failure();
}

int flags_of(File::Mode mode) {
  switch (mode) {
    case File::Mode::read:
      return O_RDONLY | O_NOFOLLOW | O_CLOEXEC;
    case File::Mode::create:
      return O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    case File::Mode::change:
      break;
  }
  return O_RDWR | O_CLOEXEC;
}

struct flock range(std::uint64_t first, std::uint64_t count) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(first);
  lock.l_len = static_cast<off_t>(count);
  return lock;
}

#if defined(F_OFD_SETLK)
// This kind of lock is not released when another descriptor of the file is closed.
constexpr int set_lock = F_OFD_SETLK;
#else
constexpr int set_lock = F_SETLK;
#endif

std::error_code sync_descriptor(int descriptor) {
#if defined(F_FULLFSYNC)
  // There, fsync() leaves the data in the disk's own memory.
  if (::fcntl(descriptor, F_FULLFSYNC) == 0) return {};
#endif
  // Some file systems do not sync folders, and say so.
  return failure_unless(::fsync(descriptor) == 0 || errno == EINVAL);
}

/// Sets errno.
int rename_without_replacing(const std::string& from, const std::string& to) {
#if defined(__linux__)
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
#elif defined(__APPLE__)
  return ::renamex_np(from.c_str(), to.c_str(), RENAME_EXCL);
#else
  errno = ENOSYS;
  return -1;
#endif
}

}  // namespace

std::error_code File::open(const std::string& path, Mode mode) {
  close();
  handle_ = ::open(path.c_str(), flags_of(mode), 0600);
  return failure_unless(handle_ >= 0);
}

void File::close() {
  if (is_open()) ::close(static_cast<int>(handle_));
  handle_ = none;
}

std::error_code File::read(std::size_t max, std::string& bytes) {
  bytes.resize(max);
  std::size_t size = 0;
  while (size < max) {
    const auto got = ::read(static_cast<int>(handle_), bytes.data() + size, max - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_failure();
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return {};
}

std::error_code File::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(static_cast<int>(handle_), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::error_code File::write_at(std::uint64_t position, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::pwrite(static_cast<int>(handle_), bytes.data(), bytes.size(),
                                  static_cast<off_t>(position));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
    position += static_cast<std::uint64_t>(written);
  }
  return {};
}

std::error_code File::sync() {
  return sync_descriptor(static_cast<int>(handle_));
}

std::error_code File::lock(std::uint64_t first, std::uint64_t count) {
  struct flock lock = range(first, count);
  if (::fcntl(static_cast<int>(handle_), set_lock, &lock) == 0) return {};
  if (errno == EACCES) errno = EAGAIN;
  return last_failure();
}

bool File::is_locked(std::uint64_t first, std::uint64_t count) {
  struct flock lock = range(first, count);
  return ::fcntl(static_cast<int>(handle_), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

FolderLock::~FolderLock() {
  if (handle_ != none) ::close(static_cast<int>(handle_));
}

bool FolderLock::lock(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    handle_ = descriptor;
    return true;
  }
  if (descriptor >= 0) ::close(descriptor);
  return false;
}

std::error_code make_private_folder(const std::string& path) {
  return failure_unless(::mkdir(path.c_str(), 0700) == 0);
}

std::error_code sync_path(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return last_failure();
  const std::error_code failure = sync_descriptor(descriptor);
  ::close(descriptor);
  return failure;
}

std::error_code rename_over(const std::string& from, const std::string& to) {
  return failure_unless(::rename(from.c_str(), to.c_str()) == 0);
}

std::error_code rename_to_new(const std::string& from, const std::string& to) {
  if (rename_without_replacing(from, to) == 0) return {};
  // Some file systems cannot rename without replacing; all of those have links.
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) return last_failure();
  if (::link(from.c_str(), to.c_str()) != 0) return last_failure();
  ::unlink(from.c_str());
  return {};
}

bool can_write(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  return ::access(path.c_str(), S_ISDIR(status.st_mode) ? W_OK | X_OK : W_OK) == 0;
}

void copy_access(const std::string& from, const std::string& to) {
  struct stat status {};
  if (::stat(from.c_str(), &status) != 0) return;
  ::chmod(to.c_str(), status.st_mode & 07777);
  // Only root can change a file's owner, and nobody else needs to.
  if (status.st_uid != ::geteuid() || status.st_gid != ::getegid()) {
    static_cast<void>(::chown(to.c_str(), status.st_uid, status.st_gid) == 0);
  }
}

std::optional<FileIdentity> identify(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{.device = static_cast<std::uint64_t>(status.st_dev),
                      .number = static_cast<std::uint64_t>(status.st_ino)};
}

}  // namespace hss::platform
