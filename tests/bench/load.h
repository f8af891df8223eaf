#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace hss::bench {

/// What one run of load came to.
struct Result {
  double per_second = 0;
  double p50_ms = 0, p99_ms = 0;
  std::size_t unexpected = 0;  ///< answers with another status than expected
};

/// Keeps `connections` keep-alive connections busy on 127.0.0.1, each with one request at a time
/// (a closed loop on one epoll thread, so that the load itself costs little), until `requests` are
/// answered. `request_of(n)` gives the bytes of the n-th.
Result run_load(int port, int connections, std::size_t requests, int expected_status,
                const std::function<std::string(std::size_t)>& request_of);

}  // namespace hss::bench
