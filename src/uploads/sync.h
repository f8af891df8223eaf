#pragma once

#include <string>

namespace hss::uploads {

/// Both return once the file is on disk, or the names in the folder are. Some file systems do not
/// sync folders, and say so: that is no failure. For one they return false, with errno.
bool sync(int descriptor);
bool sync_path(const std::string& path);

}  // namespace hss::uploads
