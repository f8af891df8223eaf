#include "storage/mysql/mysql.h"

#include <mysql.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "domain/error.h"
#include "storage/mysql/connection.h"
#include "storage/mysql/schema.h"
#include "storage/server/checks.h"
#include "storage/server/failure.h"
#include "storage/server/server_store.h"

namespace hss::storage {
namespace {

using Purpose = ServerConnection::Purpose;

/// Major, minor and patch.
using Version = std::array<int, 3>;

/// Of "10.11.6-MariaDB-0+deb12u1" or "9.4.0-1".
Version version_of(const std::string& text) {
  Version version{};
  const char* part = text.c_str();
  for (int& number : version) {
    char* rest = nullptr;
    number = static_cast<int>(std::strtol(part, &rest, 10));
    if (*rest != '.') break;
    part = rest + 1;
  }
  return version;
}

/// Older MySQL lacks the collation of the tables, and takes them with another.
constexpr Version min_mariadb{10, 6, 0}, min_mysql{8, 0, 17};
constexpr std::int64_t min_packet = 4 << 20;

std::string name_of(MysqlConnection& connection) {
  const std::string version = setting(connection, "SELECT @@version");
  return (connection.is_mariadb() ? "MariaDB " : "MySQL ") + version.substr(0, version.find('-'));
}

/// What could lose what the server has answered, if its machine fails.
void find_what_loses(ServerConnection& connection, std::vector<std::string>& problems) {
  const auto says = [&](const char* sql, std::initializer_list<const char*> good) {
    const std::string value = setting(connection, sql);
    for (const char* const each : good) {
      if (value == each) return true;
    }
    return false;
  };
  if (!says("SELECT @@GLOBAL.innodb_flush_log_at_trx_commit", {"1"})) {
    problems.emplace_back(
        "innodb_flush_log_at_trx_commit is not 1, so that it can lose what it has answered");
  }
  if (!says("SELECT @@GLOBAL.innodb_doublewrite", {"1", "ON", "DETECT_AND_RECOVER"})) {
    problems.emplace_back("innodb_doublewrite is off, so that it can lose what it has answered");
  }
  // With a log for replicas, InnoDB waits for that one alone, and after a failure of the machine
  // rolls back what is not in it.
  if (!says("SELECT @@GLOBAL.log_bin", {"0", "OFF"}) &&
      !says("SELECT @@GLOBAL.sync_binlog", {"1"})) {
    problems.emplace_back(
        "log_bin is on and sync_binlog is not 1, so that it can lose what it has answered");
  }
}

/// What keeps HSS from keeping its data there, a sentence each.
std::vector<std::string> find_problems(MysqlConnection& connection) {
  std::vector<std::string> problems;
  const Version version = version_of(setting(connection, "SELECT @@version"));
  if (connection.is_mariadb() && version < min_mariadb) {
    problems.emplace_back("it is older than MariaDB 10.6");
  }
  if (!connection.is_mariadb() && version < min_mysql) {
    problems.emplace_back("it is older than MySQL 8.0.17");
  }
  find_what_loses(connection, problems);
  if (std::stoll(setting(connection, "SELECT @@GLOBAL.max_allowed_packet")) < min_packet) {
    problems.emplace_back(
        "max_allowed_packet is below 4 MB, so that it does not take every change");
  }
  return problems;
}

}  // namespace

std::unique_ptr<Store> open_mysql(const ServerAddress& server, const Report& report) {
  run_on_server(server, "open", report, [&] {
    MysqlConnection connection(server, Purpose::read);
    require_version(connection, mysql_schema());
    require_no_problem(find_problems(connection));
    require_rights(connection, mysql_schema());
    require_data_here(connection);
  });
  return std::make_unique<ServerStore>(
      [server](Purpose purpose) { return std::make_unique<MysqlConnection>(server, purpose); },
      mysql_schema().version(), report);
}

std::unique_ptr<ServerConnection> connect_mysql(const ServerAddress& server, Purpose purpose) {
  return std::make_unique<MysqlConnection>(server, purpose);
}

void migrate_mysql(const ServerAddress& admin, const std::string& user, const Say& say,
                   const Report& report) {
  run_on_server(admin, "migrate", report, [&] {
    MysqlConnection connection(admin, Purpose::manage);
    require_no_problem(find_problems(connection));
    try {
      migrate_mysql_schema(connection, say);
    } catch (const ConnectionLost& failure) {
      report(std::string("database server: migrate: ") + failure.what());
      throw domain::Error(domain::ErrorCode::unavailable,
                          "The connection ended before all was done; run `hss migrate` again");
    }
    if (admin.user == user) {
      say("The user " + user +
          " may change the tables, so nothing but the program keeps it from changing what must"
          " stay; set DB_ADMIN_USER to another user who may, for a second wall");
      return;
    }
    for (const std::string& grant : statements_of(mysql_schema().rights_of(user))) {
      connection.run_script(grant.c_str());
    }
    say("The user " + user + " may use them");
  });
}

std::string mysql_migration_text(const std::string& user) {
  return mysql_schema().text_for(user);
}

std::vector<ServerFinding> check_mysql(const ServerAddress& server, const Report& report) {
  std::vector<ServerFinding> found;
  run_on_server(server, "check", report, [&] {
    MysqlConnection connection(server, Purpose::read);
    const ServerCheck check{.server = name_of(connection),
                            .tls = connection.tls_version(),
                            .problems = find_problems(connection),
                            .clock = "SELECT unix_timestamp(now(3))"};
    found = findings_of(check, connection, mysql_schema(), server);
  });
  return found;
}

ServerTables open_mysql_tables(const ServerAddress& server) {
  auto connection = std::make_unique<MysqlConnection>(server, Purpose::manage);
  require_no_problem(find_problems(*connection));
  return {.connection = std::move(connection), .version = mysql_schema().version()};
}

std::string mysql_client_version() {
  return MARIADB_PACKAGE_VERSION;
}

}  // namespace hss::storage
