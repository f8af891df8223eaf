#pragma once

#include <string>
#include <vector>

namespace hss::platform {

/// The environment's variables, each as `NAME=value`.
std::vector<std::string> list_variables();

/// Removes a variable, which child processes then do not inherit. Called while there is one thread.
void remove_variable(const std::string& name);

}  // namespace hss::platform
