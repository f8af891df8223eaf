#pragma once

#include <functional>

#include "config/config.h"
#include "domain/store.h"

namespace hss::app {

/// Wires the program together and serves until SIGTERM or SIGINT. `prepare` gets the open store
/// before anyone is served. Called before the process starts another thread.
int run_server(const Config& config, const std::function<void(domain::Store&)>& prepare);

}  // namespace hss::app
