// Tickets of event streams on a database server that several instances use.
#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>
#include <vector>

#include "api/events/listener.h"
#include "instances/instances.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string event_path = "/api/v1/events";

std::string ticket_of(const AccountsApi& api, const std::string& token) {
  const auto response = api.post(event_path + "/ticket", Json::object(), token);
  REQUIRE(response.status == 201);
  return body_of(response)["ticket"];
}

int use(const AccountsApi& api, const std::string& ticket) {
  return api.get(event_path + "?ticket=" + ticket).status;
}

}  // namespace

TEST_CASE("a ticket of one instance opens one stream, at whichever it is used first") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  for (int i = 0; i < 20; ++i) {
    const std::string ticket = ticket_of(instances.here, token);
    std::array<std::atomic<int>, 2> statuses{};
    std::thread other([&] { statuses[1] = use(instances.there, ticket); });
    statuses[0] = use(instances.here, ticket);
    other.join();
    CHECK(std::min(statuses[0], statuses[1]) == 200);
    CHECK(std::max(statuses[0], statuses[1]) == 401);
  }
}

TEST_CASE("a ticket opens nothing at any instance once its session has ended at one") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  const std::string ticket = ticket_of(instances.here, token);
  CHECK(instances.there.post("/api/v1/auth/logout", Json::object(), token).status == 200);
  CHECK(use(instances.there, ticket) == 401);
}

TEST_CASE("a session has few tickets and all together have a limit, counted over all instances") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  const std::string earliest = ticket_of(instances.here, token);
  instances.here.clock.advance(std::chrono::seconds(1));
  instances.there.clock.advance(std::chrono::seconds(1));
  for (std::size_t i = 1; i < max_tickets_of_session; ++i) ticket_of(instances.there, token);
  const std::string latest = ticket_of(instances.here, token);
  CHECK(use(instances.there, earliest) == 401);
  CHECK(use(instances.there, latest) == 200);
}

TEST_CASE("tickets change no data: the revision stays, and nobody is told") {
  require_server();
  Instances instances;
  const std::uint64_t before = instances.here.store.revision();
  std::atomic<int> heard = 0;
  const auto here = instances.here.store.on_commit([&] { ++heard; });
  const auto there = instances.there.on_commit([&] { ++heard; });
  const Principal holder{.account = "sipho@hss.co.za",
                         .role = Role::staff,
                         .account_id = "ACC-0000000001",
                         .session_id = "s1",
                         .auth_method = AuthMethod::on_kiosk};
  const std::string hash(64, 'a');
  instances.here.store.tickets().insert({.hash = hash, .holder = holder});
  const auto taken = instances.there.tickets().take(hash);
  REQUIRE(taken.has_value());
  CHECK(taken->account == holder.account);
  CHECK(taken->role == holder.role);
  CHECK(taken->account_id == holder.account_id);
  CHECK(taken->session_id == holder.session_id);
  CHECK(taken->auth_method == holder.auth_method);
  CHECK_FALSE(instances.here.store.tickets().take(hash).has_value());
  CHECK(instances.there.revision() == before);
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  CHECK(heard == 0);
}

TEST_CASE("a ticket ends by the server's clock, and goes when another is asked for") {
  require_server();
  Instances instances;
  auto& tickets = instances.here.store.tickets();
  const std::string early(64, 'a'), late(64, 'b'), other(64, 'c');
  tickets.insert({.hash = early, .holder = {.account = ""}});
  tickets.insert({.hash = late, .holder = {.account = ""}});
  const auto set_end = [&](const std::string& hash, const std::string& end) {
    run_on_server(instances.here.folder.file(""),
                  "UPDATE stream_tickets SET expires_at = " + end + " WHERE hash = '" + hash + "'");
  };
  const std::string in_a_minute = "CURRENT_TIMESTAMP + INTERVAL '60' SECOND";
  set_end(early, "CURRENT_TIMESTAMP");
  CHECK_FALSE(tickets.take(early).has_value());
  tickets.insert({.hash = other, .holder = {.account = ""}});
  set_end(early, in_a_minute);
  CHECK_FALSE(tickets.take(early).has_value());
  CHECK(tickets.take(late).has_value());
}

TEST_CASE("demo mode drops the earliest ticket where there are too many, and a session gets none") {
  require_server();
  Instances instances;
  auto& tickets = instances.here.store.tickets();
  const auto hash_of = [](std::size_t i) {
    std::string digits = std::to_string(i);
    return std::string(64 - digits.size(), '0') + digits;
  };
  std::string rows;
  for (std::size_t i = 1; i <= max_tickets; ++i) {
    rows += (i > 1 ? ", ('" : "('") + hash_of(i) +
            "', '', '', 'staff', '', 'role', CURRENT_TIMESTAMP + INTERVAL '30' SECOND)";
  }
  run_on_server(
      instances.here.folder.file(""),
      "INSERT INTO stream_tickets (hash, account, account_id, role, session_id, auth_method,"
      " expires_at) VALUES " +
          rows);
  const std::string one_more(64, 'a');
  CHECK_THROWS_AS(
      tickets.insert(
          {.hash = one_more,
           .holder = {.account = "", .session_id = "s1", .auth_method = AuthMethod::kiosk}}),
      Error);
  tickets.insert({.hash = one_more, .holder = {.account = ""}});
  CHECK_FALSE(tickets.take(hash_of(1)).has_value());
  CHECK(tickets.take(hash_of(2)).has_value());
  CHECK(tickets.take(one_more).has_value());
}
