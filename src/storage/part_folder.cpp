#include "storage/part_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "domain/error.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = ".hss-part-";

int lock(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (descriptor >= 0) ::close(descriptor);
  return -1;
}

void remove_abandoned(const fs::path& parent) {
  // A younger folder may not be locked yet.
  constexpr std::chrono::minutes surely_locked(1);
  std::error_code ignored;
  for (fs::directory_iterator at(parent, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    const fs::path folder = at->path();
    if (!folder.filename().string().starts_with(prefix)) continue;
    std::error_code unknown;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(folder, unknown);
    if (unknown || age < surely_locked) continue;
    const int descriptor = lock(folder.string());
    if (descriptor < 0) continue;
    fs::remove_all(folder, unknown);
    ::close(descriptor);
  }
}

}  // namespace

PartFolder::PartFolder(const std::string& parent) {
  remove_abandoned(parent);
  // The path is absolute, as SQLite gives some names a special meaning.
  std::error_code unknown;
  std::string name = (fs::absolute(parent, unknown) / (prefix + std::string("XXXXXX"))).string();
  if (::mkdtemp(name.data()) == nullptr) {
    const int reason = errno;
    throw domain::Error(domain::ErrorCode::unavailable,
                        reason == ENOENT
                            ? "There is no folder " + parent + "; make it, or choose another"
                            : "Nothing can be written in the folder " + parent + " (" +
                                  std::generic_category().message(reason) + ")");
  }
  path_ = name;
  descriptor_ = lock(path_);
}

PartFolder::~PartFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace hss::storage
