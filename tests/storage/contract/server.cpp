#include "storage/contract/server.h"

#include <cstdlib>
#include <functional>
#include <set>
#include <stdexcept>

#include "storage/open_store.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/schema.h"

namespace hss::test {
namespace {

using storage::PostgresConnection;
using Purpose = storage::ServerConnection::Purpose;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

storage::ServerAddress address(const std::string& database) {
  return {.host = variable("DB_HOST"),
          .port = std::stoi(variable("DB_PORT")),
          .database = database,
          .user = variable("DB_ADMIN_USER"),
          .password = variable("DB_ADMIN_PASSWORD"),
          .uses_tls = false};
}

void run(const std::string& database, const std::string& sql) {
  PostgresConnection(address(database), Purpose::manage).run_script(sql.c_str());
}

}  // namespace

std::unique_ptr<domain::Store> open_on_server(const std::string& name) {
  const std::string database = "t" + std::to_string(std::hash<std::string>()(name));
  static std::set<std::string> made;
  if (made.empty()) {
    run("postgres", "DROP DATABASE IF EXISTS hss_template");
    run("postgres", "CREATE DATABASE hss_template");
    for (int version = 1; version <= storage::postgres_schema().version(); ++version) {
      run("hss_template", storage::postgres_schema().step_to(version));
    }
    run("hss_template", storage::postgres_schema().rights_of(variable("DB_USER")));
  }
  if (made.insert(database).second) {
    run("postgres", "DROP DATABASE IF EXISTS " + database);
    run("postgres", "CREATE DATABASE " + database + " TEMPLATE hss_template");
  }
  storage::ServerAddress server = address(database);
  // The program does not sign in as the tables' owner.
  server.user = variable("DB_USER");
  server.password = variable("DB_PASSWORD");
  return storage::open_store({.file = "", .server = server}, [](const std::string&) {});
}

}  // namespace hss::test
