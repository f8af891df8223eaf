#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "bench/report.h"
#include "storage/server_address.h"

namespace hss::bench {

struct ServerOptions {
  storage::ServerAddress server;         ///< as whom HSS signs in
  storage::ServerAddress owner;          ///< the same database as its tables' owner
  std::string folder;                    ///< for logs, and for SQLite beside the server
  std::chrono::milliseconds time{1000};  ///< of each measurement
  int rounds = 3;                        ///< of all of them
  std::size_t connections = 64;          ///< to all instances together, and to the bare server
  std::vector<std::size_t> instances;    ///< one number after another
  std::vector<double> networks_ms;  ///< delays of a round trip to the server, one after another
};

/// Makes HSS's tables on the server if they are not there. Throws std::runtime_error if the
/// database has bookings, so that nobody's business is measured by mistake.
void prepare_server(const storage::ServerAddress& server, const storage::ServerAddress& owner);

/// Measures what instances on a database server do beside the bare server and beside SQLite,
/// everything once in each round and in another order each time. A network is a process that holds
/// back what goes to the server and comes from it. Leaves its bookings on the server. Throws
/// std::runtime_error with a sentence.
void measure_server(const ServerOptions& options, Report& report);

}  // namespace hss::bench
