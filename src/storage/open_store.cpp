#include "storage/open_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "domain/error.h"
#include "storage/server/connection.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"
#ifdef HSS_WITH_POSTGRES
#include "storage/postgres/postgres.h"
#endif
#ifdef HSS_WITH_MYSQL
#include "storage/mysql/mysql.h"
#endif

namespace hss::storage {
namespace {

/// An engine of servers that this build knows.
struct ServerEngine {
  ServerAddress::Engine engine;
  std::unique_ptr<Store> (*open)(const ServerAddress&, const Report&);
  void (*migrate)(const ServerAddress&, const std::string&, const Say&, const Report&);
  std::string (*migration_text)(const std::string&);
  std::vector<ServerFinding> (*check)(const ServerAddress&, const Report&);
  std::unique_ptr<ServerConnection> (*connect)(const ServerAddress&, ServerConnection::Purpose);
  ServerTables (*open_tables)(const ServerAddress&);
};

const std::vector<ServerEngine>& server_engines() {
  static const std::vector<ServerEngine> engines{
#ifdef HSS_WITH_POSTGRES
      {ServerAddress::Engine::postgres, open_postgres, migrate_postgres, postgres_migration_text,
       check_postgres, connect_postgres, open_postgres_tables},
#endif
#ifdef HSS_WITH_MYSQL
      {ServerAddress::Engine::mysql, open_mysql, migrate_mysql, mysql_migration_text, check_mysql,
       connect_mysql, open_mysql_tables},
#endif
  };
  return engines;
}

const ServerEngine* find_engine(ServerAddress::Engine wanted) {
  for (const ServerEngine& engine : server_engines()) {
    if (engine.engine == wanted) return &engine;
  }
  return nullptr;
}

const ServerEngine& engine_of(const ServerAddress& server) {
  if (const ServerEngine* const engine = find_engine(server.engine)) return *engine;
  throw domain::Error(domain::ErrorCode::unavailable,
                      "This build of HSS does not know the engine of " + server.text());
}

}  // namespace

bool knows_engine(ServerAddress::Engine engine) {
  return find_engine(engine) != nullptr;
}

bool knows_servers() {
  return !server_engines().empty();
}

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {
      {"SQLite", SQLite::getLibVersion()},
      {"SQLiteCpp", SQLITECPP_VERSION},
#ifdef HSS_WITH_POSTGRES
      {"libpq", postgres_client_version()},
#endif
#ifdef HSS_WITH_MYSQL
      {"MariaDB Connector/C", mysql_client_version()},
#endif
  };
}

std::unique_ptr<Store> open_store(const Place& place, const Report& report) {
  if (place.server) return engine_of(*place.server).open(*place.server, report);
  return std::make_unique<SqliteStore>(place.file, report);
}

void migrate_server(const ServerAddress& admin, const std::string& user, const Say& say,
                    const Report& report) {
  engine_of(admin).migrate(admin, user, say, report);
}

std::string migration_text(const ServerAddress& server) {
  return engine_of(server).migration_text(server.user);
}

std::unique_ptr<ServerConnection> connect_to_server(const ServerAddress& server,
                                                    ServerConnection::Purpose purpose) {
  return engine_of(server).connect(server, purpose);
}

std::vector<ServerFinding> check_server(const ServerAddress& server, const Report& report) {
  return engine_of(server).check(server, report);
}

ServerTables open_tables(const ServerAddress& server) {
  return engine_of(server).open_tables(server);
}

std::unique_ptr<Store> open_existing_store(const Place& place, const Report& report) {
  if (!place.server) require_current(place.file, hss_schema(), report);
  return open_store(place, report);
}

}  // namespace hss::storage
