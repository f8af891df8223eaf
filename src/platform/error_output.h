#pragma once

#include <string>

namespace hss::platform {

/// From now on, all that this process writes on standard error goes to the end of that file, which
/// only this user may read. False, and nothing changes, if the file cannot be written. Called while
/// nobody writes there.
bool append_errors_to(const std::string& path);

}  // namespace hss::platform
