#pragma once

#include "storage/open_store.h"

namespace hss::storage {

/// open_store.h on PostgreSQL.
std::unique_ptr<Store> open_postgres(const ServerAddress& server, const Report& report);
void migrate_postgres(const ServerAddress& admin, const std::string& user, const Say& say,
                      const Report& report);
std::string postgres_migration_text(const std::string& user);
std::unique_ptr<ServerConnection> connect_postgres(const ServerAddress& server,
                                                   ServerConnection::Purpose purpose);
std::vector<ServerFinding> check_postgres(const ServerAddress& server, const Report& report);
ServerTables open_postgres_tables(const ServerAddress& server);
/// The version of libpq in this build.
std::string postgres_client_version();

}  // namespace hss::storage
