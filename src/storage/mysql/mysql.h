#pragma once

#include "storage/open_store.h"

namespace hss::storage {

/// open_store.h on MariaDB and MySQL.
std::unique_ptr<Store> open_mysql(const ServerAddress& server, const Report& report);
void migrate_mysql(const ServerAddress& admin, const std::string& user, const Say& say,
                   const Report& report);
std::string mysql_migration_text(const std::string& user);
std::vector<ServerFinding> check_mysql(const ServerAddress& server, const Report& report);
std::unique_ptr<ServerConnection> connect_mysql(const ServerAddress& server,
                                                ServerConnection::Purpose purpose);
ServerTables open_mysql_tables(const ServerAddress& server);
/// The version of Connector/C in this build.
std::string mysql_client_version();

}  // namespace hss::storage
