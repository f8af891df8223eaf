#pragma once

#include <string>

namespace hss::storage {

/// A folder of one's own in another, for files that appear under their names only once they are
/// whole and on disk. It goes with its owner; those that a killed program left are removed by the
/// next one that works there.
class PartFolder {
 public:
  /// Throws Error{unavailable} where nothing can be written in `parent`.
  explicit PartFolder(const std::string& parent);
  ~PartFolder();
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;

  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  int descriptor_ = -1;  ///< holds the lock that says somebody works here
};

}  // namespace hss::storage
