#include "desktop/log_file.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "platform/error_output.h"
#include "platform/files.h"

namespace hss::desktop {

namespace fs = std::filesystem;

LogFile::LogFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::create_directories(fs::path(path_).parent_path(), ignored);
  rotate();
  if (!platform::append_errors_to(path_)) path_.clear();
}

void LogFile::rotate() const {
  std::error_code failure;
  if (path_.empty() || fs::file_size(path_, failure) <= max_bytes || failure) return;
  // The file stays open, and every line goes to its end, wherever that is.
  platform::copy_over(path_, path_ + ".1");
  fs::resize_file(path_, 0, failure);
}

}  // namespace hss::desktop
