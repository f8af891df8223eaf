#pragma once

#include <chrono>
#include <functional>

namespace hss::desktop {

/// A clock that nobody sets, and that stands still while a laptop sleeps.
using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

}  // namespace hss::desktop
