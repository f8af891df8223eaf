#include "storage/open_store.h"

#include "domain/error.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"
#ifdef HSS_WITH_POSTGRES
#include "storage/postgres/postgres.h"
#endif

namespace hss::storage {

bool knows_engine([[maybe_unused]] ServerAddress::Engine engine) {
#ifdef HSS_WITH_POSTGRES
  return engine == ServerAddress::Engine::postgres;
#else
  return false;
#endif
}

#ifdef HSS_WITH_POSTGRES

std::unique_ptr<Store> open_store(const Place& place, const Report& report) {
  if (place.server) return open_postgres(*place.server, report);
  return std::make_unique<SqliteStore>(place.file, report);
}

void migrate_server(const ServerAddress& admin, const std::string& user, const Say& say,
                    const Report& report) {
  migrate_postgres(admin, user, say, report);
}

std::string migration_text(const ServerAddress& server) {
  return postgres_migration_text(server.user);
}

std::vector<ServerFinding> check_server(const ServerAddress& server, const Report& report) {
  return check_postgres(server, report);
}

#else

std::unique_ptr<Store> open_store(const Place& place, const Report& report) {
  return std::make_unique<SqliteStore>(place.file, report);
}

#endif

std::unique_ptr<Store> open_existing_store(const Place& place, const Report& report) {
  if (!place.server) require_current(place.file, hss_schema(), report);
  return open_store(place, report);
}

}  // namespace hss::storage
