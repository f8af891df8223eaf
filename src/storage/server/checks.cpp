#include "storage/server/checks.h"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "storage/server/failure.h"
#include "storage/sql/moved.h"

namespace hss::storage {
namespace {

ServerFinding compare_clocks(ServerConnection& connection, const char* clock) {
  using std::chrono::system_clock;
  const double here = std::chrono::duration<double>(system_clock::now().time_since_epoch()).count();
  const double seconds_off = std::strtod(setting(connection, clock).c_str(), nullptr) - here;
  if (std::abs(seconds_off) < 5) return {true, "Its clock and this machine's agree"};
  return {false, "Its clock and this machine's differ by " +
                     std::to_string(static_cast<int>(seconds_off)) + " seconds"};
}

std::string missing_rights(ServerConnection& connection, const ServerSchema& schema) {
  return list_missing_rights(connection, schema.rights, schema.is_granted);
}

ServerFinding compare_rights(ServerConnection& connection, const ServerSchema& schema,
                             const std::string& user) {
  const std::string missing = missing_rights(connection, schema);
  if (missing.empty()) return {true, user + " may do what HSS does"};
  return {false, user + " lacks rights (" + missing + "); run hss migrate, which grants them"};
}

ServerFinding compare_versions(ServerConnection& connection, const ServerSchema& schema) {
  try {
    require_version(connection, schema);
    return {true, "Its tables are of this version of HSS"};
  } catch (const ServerFailure& failure) {
    return {false, "Its tables are not of this version of HSS (" + std::string(failure.what()) +
                       "); run hss migrate"};
  }
}

}  // namespace

void run_on_server(const ServerAddress& server, const char* operation, const Report& report,
                   const std::function<void()>& run) {
  const auto at_server = [&](const domain::Error& error) {
    return domain::Error(error.code(), server.text() + ": " + error.what());
  };
  try {
    run();
  } catch (const domain::Error& error) {
    throw at_server(error);
  } catch (const ServerFailure& failure) {
    throw at_server(translate(failure, operation, report));
  } catch (const ConnectionLost& failure) {
    throw at_server(translate(ServerFailure(ServerFailure::Kind::unreachable, failure.what()),
                              operation, report));
  } catch (const std::runtime_error& failure) {
    throw at_server(
        translate(ServerFailure(ServerFailure::Kind::other, failure.what()), operation, report));
  }
}

std::string setting(ServerConnection& connection, const char* sql) {
  Query row(connection, sql);
  row.step();
  return row.text(0);
}

void require_no_problem(const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  throw domain::Error(domain::ErrorCode::unavailable,
                      "HSS cannot keep its data there: " + problems.front());
}

void require_rights(ServerConnection& connection, const ServerSchema& schema) {
  const std::string missing = missing_rights(connection, schema);
  if (missing.empty()) return;
  throw ServerFailure(ServerFailure::Kind::no_rights, "missing: " + missing);
}

void require_data_here(ServerConnection& connection) {
  if (const std::string place = moved_to(connection); !place.empty()) throw moved_away(place);
}

std::vector<ServerFinding> findings_of(const ServerCheck& check, ServerConnection& connection,
                                       const ServerSchema& schema, const ServerAddress& address) {
  std::vector<ServerFinding> found;
  found.push_back({true, "Signed in as " + address.user + " to " + address.text()});
  found.push_back({true, check.tls.empty() ? "The connection is not encrypted"
                                           : "The connection is encrypted with " + check.tls});
  for (const std::string& problem : check.problems) {
    found.push_back({false, "HSS cannot keep its data there: " + problem});
  }
  if (check.problems.empty()) {
    found.push_back({true, "It is " + check.server + ", and what it answers is on its disk"});
  }
  found.push_back(compare_clocks(connection, check.clock));
  found.push_back(compare_versions(connection, schema));
  // Other versions have other tables.
  if (found.back().is_good) found.push_back(compare_rights(connection, schema, address.user));
  return found;
}

}  // namespace hss::storage
