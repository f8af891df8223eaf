// What one instance of HSS knows of another's changes, on a database server that both use.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>

#include "instances/instances.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("an instance hears of another's commits, and reads what they changed") {
  require_server();
  Instances instances;
  std::atomic<int> heard = 0;
  auto subscription = instances.there.on_commit([&] { ++heard; });
  const std::uint64_t before = instances.there.revision();
  instances.here.create();
  wait_until([&] { return heard == 1; });
  CHECK(instances.there.revision() != before);
  CHECK(instances.there.revision() == instances.here.store.revision());
  CHECK(instances.there.read([](Reader& reader) { return reader.outbox().last_event_id(); }) == 1);
  instances.here.create();
  wait_until([&] { return heard == 2; });
  subscription.reset();
}

TEST_CASE("an instance that changes something itself hears of it at once, and once") {
  require_server();
  Instances instances;
  std::atomic<int> heard = 0;
  const auto subscription = instances.here.store.on_commit([&] { ++heard; });
  for (int i = 1; i <= 3; ++i) {
    instances.here.create();
    wait_until([&] { return heard >= i; });
    // By then the revision was read again.
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    CHECK(heard == i);
  }
}

TEST_CASE("an instance hears that another may have taken a right") {
  require_server();
  Instances instances;
  const std::string id = instances.here.add_account("sipho@hss.co.za", Role::staff).id;
  const std::string session = instances.here.store.transact(
      [&](Tx& tx) { return instances.here.accounts.open_session(tx, id).id; });
  std::atomic<int> heard = 0;
  const auto subscription = instances.there.on_rights_change([&] { ++heard; });
  instances.here.store.transact([&](Tx& tx) { tx.sessions().remove(session); });
  wait_until([&] { return heard > 0; });
}
