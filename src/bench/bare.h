#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace hss::bench {

/// What HSS is held against: the libraries it stands on, with nothing of it.

/// Bookings a second with three items each, in plain tables in `file`, as durable as HSS's and 32 a
/// commit: no audit trail, no figures, no search, no rules. For that long, in a new file that has
/// got so many bookings before.
double bare_sqlite(const std::string& file, std::size_t before, std::chrono::milliseconds time);

/// The same into HSS's own tables by its own code, with the audit trail, figures, search and rules:
/// what is left for HTTP and its clients to take away from. In a process that has nothing to do
/// with SQLite besides.
double hss_without_http(const std::string& file, std::size_t before,
                        std::chrono::milliseconds time);

/// httplib's own server with a worker for each connection and one route, `GET /trivial`, that gives
/// `body`. Tells its port and serves until the process is killed.
void serve_bare_httplib(const std::string& body, std::size_t connections,
                        const std::function<void(int port)>& publish_port);

}  // namespace hss::bench
