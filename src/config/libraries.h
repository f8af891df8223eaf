#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hss {

/// The names and versions of the libraries that this build has inside or is linked with.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace hss
