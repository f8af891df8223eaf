#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace hss::bench {

/// Stands in for a network: passes on each connection to a server and holds everything back for
/// `each_way` in either direction, without a limit to how much is under way. What is inside, TLS
/// too, goes through as it is. Reports its port on 127.0.0.1 and serves until the process is
/// killed; throws std::runtime_error if it cannot begin.
void serve_delay_proxy(const std::string& host, int port, std::chrono::microseconds each_way,
                       const std::function<void(int port)>& publish_port);

}  // namespace hss::bench
