#include "storage/contract/server.h"

#include <catch2/catch_test_macros.hpp>
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

std::string database_of(const std::string& name) {
  return "hss_t" + std::to_string(std::hash<std::string>()(name));
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
void run_in_postgres(const std::string& database, const std::string& sql) {
  storage::PostgresConnection(address(database), Purpose::manage).run_script(sql.c_str());
}

void make_in_postgres(const std::string& database) {
  static const std::string empty = [] {
    run_in_postgres("postgres", "DROP DATABASE IF EXISTS hss_template");
    run_in_postgres("postgres", "CREATE DATABASE hss_template");
    for (int version = 1; version <= storage::postgres_schema().version(); ++version) {
      run_in_postgres("hss_template", storage::postgres_schema().step_to(version));
    }
    run_in_postgres("hss_template", storage::postgres_schema().rights_of(variable("DB_USER")));
    return "hss_template";
  }();
  run_in_postgres("postgres", "DROP DATABASE IF EXISTS " + database);
  run_in_postgres("postgres", "CREATE DATABASE " + database + " TEMPLATE " + empty);
}
#else
void run_in_postgres(const std::string&, const std::string&) {
  throw std::runtime_error("this build does not know PostgreSQL");
}
void make_in_postgres(const std::string& database) {
  run_in_postgres(database, "");
}
#endif

#ifdef HSS_WITH_MYSQL
void run_in_mysql(const std::string& database, const std::string& sql) {
  storage::MysqlConnection(address(database), Purpose::manage).run_script(sql.c_str());
}

void make_in_mysql(const std::string& database) {
  // Its owner may make those whose names begin with hss, and signs in to one of them.
  static storage::MysqlConnection connection(address("hss"), Purpose::manage);
  static std::list<std::string> made;
  const auto run = [](const std::string& sql) { connection.run_script(sql.c_str()); };
  run("DROP DATABASE IF EXISTS " + database);
  run("CREATE DATABASE " + database);
  run("USE " + database);
  for (int version = 1; version <= storage::mysql_schema().version(); ++version) {
    run(storage::mysql_schema().step_to(version));
  }
  run(storage::mysql_schema().rights_of(variable("DB_USER")));
  // Each takes megabytes, and a test uses no more than a few.
  made.push_back(database);
  for (; made.size() > 4; made.pop_front()) run("DROP DATABASE " + made.front());
}
#else
void run_in_mysql(const std::string&, const std::string&) {
  throw std::runtime_error("this build knows neither MariaDB nor MySQL");
}
void make_in_mysql(const std::string& database) {
  run_in_mysql(database, "");
}
#endif

}  // namespace

storage::Place place_on_server(const std::string& name) {
  const std::string database = database_of(name);
  ServerAddress server = address(database);
  static std::set<std::string> made;
  if (made.insert(database).second) {
    const bool is_postgres = server.engine == ServerAddress::Engine::postgres;
    is_postgres ? make_in_postgres(database) : make_in_mysql(database);
  }
  // The program does not sign in as the tables' owner.
  server.user = variable("DB_USER");
  server.password = variable("DB_PASSWORD");
  return {.file = "", .server = server};
}

std::unique_ptr<domain::Store> open_on_server(const std::string& name) {
  return storage::open_store(place_on_server(name), [](const std::string&) {});
}

void run_on_server(const std::string& name, const std::string& sql) {
  const std::string database = database_of(name);
  if (address(database).engine == ServerAddress::Engine::postgres) {
    run_in_postgres(database, sql);
  } else {
    run_in_mysql(database, sql);
  }
}

void require_server() {
  if (std::getenv("HSS_TEST_ENGINE") != nullptr) return;
  SKIP("instances share a database server, which tests/servers/run starts (HSS_TEST_ENGINE)");
}

}  // namespace hss::test
