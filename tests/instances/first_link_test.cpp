// The first administrator's link, where several instances start on an empty database.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/accounts_mode.h"
#include "instances/instances.h"

using namespace hss::test;
using hss::Config;

namespace {

/// What one instance has of accounts mode.
struct Starting {
  explicit Starting(const Config& given)
      : config(given),
        store(hss::storage::open_store(config.place(), [](const std::string&) {})),
        mode(config, *store, clock.clock(), hss::crypto::fill_random, hashing.hashing()) {}

  TestClock clock;
  CheapHashing hashing;
  const Config config;
  const std::unique_ptr<hss::storage::Store> store;
  hss::app::AccountsMode mode;
};

}  // namespace

TEST_CASE("three instances that start at once make one link for the first administrator") {
  require_server();
  const TempFolder folder;
  const Config config = shared_config(folder);
  std::array<Starting, 3> instances{Starting(config), Starting(config), Starting(config)};
  std::array<hss::app::AccountsMode::FirstLink, 3> links;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    threads.emplace_back([&, i] { links.at(i) = instances.at(i).mode.make_first_link("/"); });
  }
  for (std::thread& thread : threads) thread.join();
  int made = 0, waiting = 0;
  for (const auto& link : links) {
    made += link.address.empty() ? 0 : 1;
    waiting += link.waits_until.empty() ? 0 : 1;
  }
  CHECK(made == 1);
  CHECK(waiting == 2);
  instances[0].clock.advance(std::chrono::minutes(15));
  CHECK_FALSE(instances[0].mode.make_first_link("/").address.empty());
}

TEST_CASE("each start on a file makes a new link for the first administrator") {
  Starting server(AccountsApi::config_of(":memory:"));
  const std::string first = server.mode.make_first_link("/").address;
  CHECK_FALSE(first.empty());
  CHECK(server.mode.make_first_link("/").address != first);
}
