#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace hss::bench {

/// The baselines for HSS: the libraries below it, without any of its code.

/// Bookings a second with three items each, in plain tables in `file`, as durable as HSS's and 32 a
/// commit: no audit trail, no figures, no search, no rules. Runs for that long, in a new file that
/// already has `before` bookings.
double bare_sqlite(const std::string& file, std::size_t before, std::chrono::milliseconds time);

/// Bookings a second into HSS's own tables by its own code, with the audit trail, figures, search
/// and rules: the maximum before HTTP and its clients take their share. Runs in a process that uses
/// SQLite for nothing else.
double hss_without_http(const std::string& file, std::size_t before,
                        std::chrono::milliseconds time);

/// Runs httplib's own server with a worker for each connection and one route, `GET /trivial`, that
/// returns `body`. Reports its port and serves until the process is killed.
void serve_bare_httplib(const std::string& body, std::size_t connections,
                        const std::function<void(int port)>& publish_port);

}  // namespace hss::bench
