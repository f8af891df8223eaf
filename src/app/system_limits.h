#pragma once

#include "transport/http/connections.h"

namespace hss::app {

/// As many connections, workers and buffers as the system allows this process, with files, threads
/// and memory left for the rest of the program. Called before the process starts threads that stay.
/// Throws domain::Error{unavailable} with a sentence if that is too little to serve.
transport::ConnectionLimits fit_connection_limits();

}  // namespace hss::app
