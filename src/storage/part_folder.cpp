#include "storage/part_folder.h"

#include <chrono>
#include <filesystem>
#include <system_error>

#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;

const std::string prefix = ".hss-part-";

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
    platform::FolderLock lock;
    if (lock.lock(folder.string())) fs::remove_all(folder, unknown);
  }
}

}  // namespace

PartFolder::PartFolder(const std::string& parent) {
  remove_abandoned(parent);
  // The path is absolute, as SQLite gives some names a special meaning.
  std::error_code unknown;
  const fs::path place = fs::absolute(parent, unknown);
  std::error_code failure;
  do {
    path_ = (place / (prefix + crypto::random_hex(4))).string();
    failure = platform::make_private_folder(path_);
  } while (failure == std::errc::file_exists);
  if (failure) {
    throw domain::Error(domain::ErrorCode::unavailable,
                        failure == std::errc::no_such_file_or_directory
                            ? "There is no folder " + parent + "; make it, or choose another"
                            : "Nothing can be written in the folder " + parent + " (" +
                                  platform::reason_of(failure) + ")");
  }
  lock_.lock(path_);
}

PartFolder::~PartFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace hss::storage
