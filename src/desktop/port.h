#pragma once

#include <string>

namespace hss::desktop {

/// The wanted port if it is free on that host, else 0, with which the server picks one. 0 and what
/// is no port are 0.
int choose_port(const std::string& host, int wanted);

}  // namespace hss::desktop
