#pragma once

#include <string>

#include "platform/files.h"

namespace hss::storage {

/// A private folder inside another, for files that appear under their names only once they are
/// complete and on disk. The destructor removes it; the next one created in the same place removes
/// those that a killed program left.
class PartFolder {
 public:
  /// Throws Error{unavailable} if `parent` cannot be written.
  explicit PartFolder(const std::string& parent);
  ~PartFolder();
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;

  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  platform::FolderLock lock_;
};

}  // namespace hss::storage
