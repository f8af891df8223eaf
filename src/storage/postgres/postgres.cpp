#include "storage/postgres/postgres.h"

#include <libpq-fe.h>

#include <stdexcept>
#include <utility>

#include "storage/postgres/connection.h"
#include "storage/postgres/schema.h"
#include "storage/server/checks.h"
#include "storage/server/failure.h"
#include "storage/server/server_store.h"

namespace hss::storage {
namespace {

using Purpose = ServerConnection::Purpose;

/// Older ones have no pipeline that HSS has been tested with.
constexpr std::int64_t min_version = 120'000;

/// What keeps HSS from keeping its data there, a sentence each.
std::vector<std::string> find_problems(ServerConnection& connection) {
  std::vector<std::string> problems;
  if (std::stoll(setting(connection, "SELECT current_setting('server_version_num')")) <
      min_version) {
    problems.emplace_back("it is older than PostgreSQL 12");
  }
  for (const char* const name : {"fsync", "full_page_writes"}) {
    Query row(connection, "SELECT current_setting(?)", name);
    row.step();
    if (row.text(0) != "on") {
      problems.push_back(std::string(name) + " is off, so that it can lose what it has answered");
    }
  }
  if (setting(connection, "SELECT current_setting('server_encoding')") != "UTF8") {
    problems.emplace_back("its encoding is not UTF8, so that it cannot hold every name");
  }
  return problems;
}

}  // namespace

std::unique_ptr<Store> open_postgres(const ServerAddress& server, const Report& report) {
  run_on_server(server, "open", report, [&] {
    PostgresConnection connection(server, Purpose::read);
    require_version(connection, postgres_schema());
    require_no_problem(find_problems(connection));
    require_rights(connection, postgres_schema());
    require_data_here(connection);
  });
  return std::make_unique<ServerStore>(
      [server](Purpose purpose) { return std::make_unique<PostgresConnection>(server, purpose); },
      postgres_schema().version(), report);
}

void migrate_postgres(const ServerAddress& admin, const std::string& user, const Say& say,
                      const Report& report) {
  run_on_server(admin, "migrate", report, [&] {
    PostgresConnection connection(admin, Purpose::manage);
    require_no_problem(find_problems(connection));
    migrate(connection, postgres_schema(), "SELECT pg_advisory_xact_lock(4771)", say);
    const std::string owner = setting(connection,
                                      "SELECT tableowner::text FROM pg_tables WHERE tablename ="
                                      " 'head' AND schemaname = current_schema()");
    if (owner == user) {
      say("The user " + user +
          " owns the tables, so nothing but the program keeps it from changing what must stay; set"
          " DB_ADMIN_USER to another user who owns them, for a second wall");
    } else if (owner == admin.user) {
      connection.run_script(postgres_schema().rights_of(user).c_str());
      say("The user " + user + " may use them");
    } else {
      say("They belong to the user " + owner + "; set DB_ADMIN_USER to that one to let " + user +
          " use them");
    }
  });
}

std::string postgres_migration_text(const std::string& user) {
  return postgres_schema().text_for(user);
}

std::unique_ptr<ServerConnection> connect_postgres(const ServerAddress& server, Purpose purpose) {
  return std::make_unique<PostgresConnection>(server, purpose);
}

std::vector<ServerFinding> check_postgres(const ServerAddress& server, const Report& report) {
  std::vector<ServerFinding> found;
  run_on_server(server, "check", report, [&] {
    PostgresConnection connection(server, Purpose::read);
    const ServerCheck check{
        .server = "PostgreSQL " + setting(connection, "SELECT current_setting('server_version')"),
        .tls = setting(connection,
                       "SELECT coalesce((SELECT version FROM pg_stat_ssl"
                       " WHERE pid = pg_backend_pid() AND ssl), '')"),
        .problems = find_problems(connection),
        .clock = "SELECT extract(epoch FROM clock_timestamp())::text"};
    found = findings_of(check, connection, postgres_schema(), server);
  });
  return found;
}

ServerTables open_postgres_tables(const ServerAddress& server) {
  auto connection = std::make_unique<PostgresConnection>(server, Purpose::manage);
  require_no_problem(find_problems(*connection));
  return {.connection = std::move(connection), .version = postgres_schema().version()};
}

std::string postgres_client_version() {
  const int version = ::PQlibVersion();
  return std::to_string(version / 10'000) + '.' + std::to_string(version % 10'000);
}

}  // namespace hss::storage
