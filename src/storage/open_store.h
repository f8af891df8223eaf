#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/server/connection.h"
#include "storage/server_address.h"
#include "storage/store.h"

namespace hss::storage {

/// Where the data are: on a database server or, without one, in a file of SQLite's or `:memory:`.
struct Place {
  std::string file;
  std::optional<ServerAddress> server;  ///< of an engine that this build knows

  /// For people.
  std::string text() const { return server ? server->text() : file; }
};

/// True if this build can use a server of that engine.
bool knows_engine(ServerAddress::Engine engine);
/// True if it can use any.
bool knows_servers();

/// The names and versions of the engines' libraries in this build.
std::vector<std::pair<std::string, std::string>> library_versions();

/// Opens the store. A file is created or brought to this version of HSS; a server's tables must be
/// of it (hss migrate). Throws Error{unavailable} with a sentence if the data cannot be used.
std::unique_ptr<Store> open_store(const Place& place, const Report& report);

/// Opens the store of data that are there already, for a command beside a server.
std::unique_ptr<Store> open_existing_store(const Place& place, const Report& report);

// The rest is there only in a build that knows an engine.

/// Receives a sentence for the person at the terminal.
using Say = std::function<void(const std::string&)>;

/// Brings a server's tables to this version as `admin`, who owns them, and lets `user` use them.
/// Throws Error{unavailable}.
void migrate_server(const ServerAddress& admin, const std::string& user, const Say& say,
                    const Report& report);

/// The SQL of migrate_server() for an empty database, for whoever runs it by hand.
std::string migration_text(const ServerAddress& server);

/// Signs in to a server, for what needs no store. Throws ServerFailure.
std::unique_ptr<ServerConnection> connect_to_server(const ServerAddress& server,
                                                    ServerConnection::Purpose purpose);

/// What was found out about a server.
struct ServerFinding {
  bool is_good = true;  ///< false if HSS should not run on it
  std::string text;     ///< a sentence
};
/// Throws Error{unavailable} if it cannot be signed in to.
std::vector<ServerFinding> check_server(const ServerAddress& server, const Report& report);

/// A connection to a server's tables for whoever reads or fills all of them, however long that
/// takes, and the version that the tables should have.
struct ServerTables {
  std::unique_ptr<ServerConnection> connection;
  std::int64_t version = 0;
};
/// Throws ServerFailure, and Error{unavailable} if HSS should not keep its data there.
ServerTables open_tables(const ServerAddress& server);

}  // namespace hss::storage
