#include "storage/postgres/postgres.h"

#include <chrono>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <utility>

#include "storage/postgres/connection.h"
#include "storage/postgres/schema.h"
#include "storage/server/failure.h"
#include "storage/server/server_store.h"
#include "storage/sql/moved.h"

namespace hss::storage {
namespace {

using Purpose = ServerConnection::Purpose;

/// Older ones have no pipeline that HSS has been tested with.
constexpr std::int64_t min_version = 120'000;

std::string setting(ServerConnection& connection, const char* sql) {
  Query row(connection, sql);
  row.step();
  return row.text(0);
}

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

void require_no_problem(ServerConnection& connection) {
  const auto problems = find_problems(connection);
  if (problems.empty()) return;
  throw domain::Error(domain::ErrorCode::unavailable,
                      "HSS cannot keep its data there: " + problems.front());
}

/// Runs `run` on a connection. Its failures name the server.
void run_on(const ServerAddress& server, Purpose purpose, const char* operation,
            const Report& report, const std::function<void(ServerConnection&)>& run) {
  const auto at_server = [&](const domain::Error& error) {
    return domain::Error(error.code(), server.text() + ": " + error.what());
  };
  try {
    PostgresConnection connection(server, purpose);
    run(connection);
  } catch (const domain::Error& error) {
    throw at_server(error);
  } catch (const ServerFailure& failure) {
    throw at_server(translate(failure, operation, report));
  } catch (const std::runtime_error& failure) {
    throw at_server(
        translate(ServerFailure(ServerFailure::Kind::other, failure.what()), operation, report));
  }
}

}  // namespace

std::unique_ptr<Store> open_postgres(const ServerAddress& server, const Report& report) {
  run_on(server, Purpose::read, "open", report, [](ServerConnection& connection) {
    require_version(connection, postgres_schema());
    require_no_problem(connection);
    if (const std::string place = moved_to(connection); !place.empty()) {
      throw moved_away(place);
    }
  });
  return std::make_unique<ServerStore>(
      [server](Purpose purpose) { return std::make_unique<PostgresConnection>(server, purpose); },
      postgres_schema().version(), report);
}

void migrate_postgres(const ServerAddress& admin, const std::string& user, const Say& say,
                      const Report& report) {
  run_on(admin, Purpose::manage, "migrate", report, [&](ServerConnection& connection) {
    require_no_problem(connection);
    migrate(connection, postgres_schema(), say);
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
  std::string text;
  for (int version = 1; version <= postgres_schema().version(); ++version) {
    text += postgres_schema().step_to(version);
  }
  return text + "\n" + postgres_schema().rights_of(user);
}

std::vector<ServerFinding> check_postgres(const ServerAddress& server, const Report& report) {
  std::vector<ServerFinding> found;
  run_on(server, Purpose::read, "check", report, [&](ServerConnection& connection) {
    found.push_back({true, "Signed in as " + server.user + " to " + server.text()});
    const std::string tls = setting(connection,
                                    "SELECT coalesce((SELECT version FROM pg_stat_ssl"
                                    " WHERE pid = pg_backend_pid() AND ssl), '')");
    found.push_back({true, tls.empty() ? "The connection is not encrypted"
                                       : "The connection is encrypted with " + tls});
    const auto problems = find_problems(connection);
    for (const std::string& problem : problems) {
      found.push_back({false, "HSS cannot keep its data there: " + problem});
    }
    if (problems.empty()) {
      found.push_back({true, "It is PostgreSQL " +
                                 setting(connection, "SELECT current_setting('server_version')") +
                                 ", and what it answers is on its disk"});
    }
    const double seconds_off =
        std::strtod(
            setting(connection, "SELECT extract(epoch FROM clock_timestamp())::text").c_str(),
            nullptr) -
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    const bool is_in_time = std::abs(seconds_off) < 5;
    found.push_back({is_in_time, is_in_time ? "Its clock and this machine's agree"
                                            : "Its clock and this machine's differ by " +
                                                  std::to_string(static_cast<int>(seconds_off)) +
                                                  " seconds"});
    try {
      require_version(connection, postgres_schema());
      found.push_back({true, "Its tables are of this version of HSS"});
    } catch (const ServerFailure& failure) {
      found.push_back({false, "Its tables are not of this version of HSS (" +
                                  std::string(failure.what()) + "); run hss migrate"});
    }
  });
  return found;
}

}  // namespace hss::storage
