#pragma once

#include <string>

#include "config/config.h"

namespace hss::desktop {

/// What a double-click does: opens the start page of the HSS that runs on the same data, or serves
/// one itself until somebody stops it, it is asked to end, or nobody has used it for
/// `config.ends_after`. Returns the exit code.
///
/// Nobody reads a terminal: whatever goes wrong is shown on the start page, or in a window where no
/// page can be. `problem`: why the settings could not be used, as a sentence; `config` then has the
/// defaults. Called before the process starts another thread.
int run(const Config& config, const std::string& problem);

}  // namespace hss::desktop
