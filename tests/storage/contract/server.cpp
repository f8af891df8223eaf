#include "storage/contract/server.h"

#include <cstdlib>
#include <functional>
#include <list>
#include <set>
#include <stdexcept>

#include "storage/open_store.h"
#ifdef HSS_WITH_POSTGRES
#include "storage/postgres/connection.h"
#include "storage/postgres/schema.h"
#endif
#ifdef HSS_WITH_MYSQL
#include "storage/mysql/connection.h"
#include "storage/mysql/schema.h"
#endif

namespace hss::test {
namespace {

using storage::ServerAddress;
using Purpose = storage::ServerConnection::Purpose;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

ServerAddress address(const std::string& database) {
  const bool is_postgres = variable("DB_ENGINE") == "postgres";
  return {.engine = is_postgres ? ServerAddress::Engine::postgres : ServerAddress::Engine::mysql,
          .host = variable("DB_HOST"),
          .port = std::stoi(variable("DB_PORT")),
          .database = database,
          .user = variable("DB_ADMIN_USER"),
          .password = variable("DB_ADMIN_PASSWORD"),
          .uses_tls = false};
}

#ifdef HSS_WITH_POSTGRES
void run(const std::string& database, const std::string& sql) {
  storage::PostgresConnection(address(database), Purpose::manage).run_script(sql.c_str());
}

void make_in_postgres(const std::string& database) {
  static const std::string empty = [] {
    run("postgres", "DROP DATABASE IF EXISTS hss_template");
    run("postgres", "CREATE DATABASE hss_template");
    for (int version = 1; version <= storage::postgres_schema().version(); ++version) {
      run("hss_template", storage::postgres_schema().step_to(version));
    }
    run("hss_template", storage::postgres_schema().rights_of(variable("DB_USER")));
    return "hss_template";
  }();
  run("postgres", "DROP DATABASE IF EXISTS " + database);
  run("postgres", "CREATE DATABASE " + database + " TEMPLATE " + empty);
}
#else
void make_in_postgres(const std::string&) {
  throw std::runtime_error("this build does not know PostgreSQL");
}
#endif

#ifdef HSS_WITH_MYSQL
void make_in_mysql(const std::string& database) {
  // Its owner may make those whose names begin with hss, and signs in to one of them.
  static storage::MysqlConnection connection(address("hss"), Purpose::manage);
  static std::list<std::string> made;
  const auto run = [](const std::string& sql) { connection.run_script(sql.c_str()); };
  run("DROP DATABASE IF EXISTS " + database);
  run("CREATE DATABASE " + database);
  run("USE " + database);
  for (const char* const step : storage::mysql_schema().steps) run(step);
  run(storage::mysql_schema().rights_of(variable("DB_USER")));
  // Each takes megabytes, and a test uses no more than a few.
  made.push_back(database);
  for (; made.size() > 4; made.pop_front()) run("DROP DATABASE " + made.front());
}
#else
void make_in_mysql(const std::string&) {
  throw std::runtime_error("this build knows neither MariaDB nor MySQL");
}
#endif

}  // namespace

std::unique_ptr<domain::Store> open_on_server(const std::string& name) {
  const std::string database = "hss_t" + std::to_string(std::hash<std::string>()(name));
  ServerAddress server = address(database);
  static std::set<std::string> made;
  if (made.insert(database).second) {
    const bool is_postgres = server.engine == ServerAddress::Engine::postgres;
    is_postgres ? make_in_postgres(database) : make_in_mysql(database);
  }
  // The program does not sign in as the tables' owner.
  server.user = variable("DB_USER");
  server.password = variable("DB_PASSWORD");
  return storage::open_store({.file = "", .server = server}, [](const std::string&) {});
}

}  // namespace hss::test
