#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/open_store.h"
#include "storage/server/migrate.h"

namespace hss::storage {

/// Runs `run`, which connects to the server. Its failures are domain::Error and name the server.
void run_on_server(const ServerAddress& server, const char* operation, const Report& report,
                   const std::function<void()>& run);

/// The first column of the query's first row.
std::string setting(ServerConnection& connection, const char* sql);

/// Throws Error{unavailable} with the first of what keeps HSS from keeping its data there.
void require_no_problem(const std::vector<std::string>& problems);

/// Throws ServerFailure{no_rights} with what the user may not do of what HSS does. The tables are
/// those of this version.
void require_rights(ServerConnection& connection, const ServerSchema& schema);

/// Throws Error{unavailable} if `hss copy` has moved the data away.
void require_data_here(ServerConnection& connection);

/// What every engine's server is checked for. `server` describes it: "PostgreSQL 15.3". `clock` is
/// a query for its seconds since 1970.
struct ServerCheck {
  std::string server;
  std::string tls;                    ///< such as TLSv1.3; empty without TLS
  std::vector<std::string> problems;  ///< what keeps HSS from keeping its data there
  const char* clock;
};
std::vector<ServerFinding> findings_of(const ServerCheck& check, ServerConnection& connection,
                                       const ServerSchema& schema, const ServerAddress& address);

}  // namespace hss::storage
