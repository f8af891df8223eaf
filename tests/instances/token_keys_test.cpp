// Keys that sign tokens, where another process adds and removes them.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>

#include "app/token_keys.h"
#include "instances/instances.h"

using namespace hss::test;
using hss::domain::Role;
using hss::domain::Tx;

namespace {

/// A server in accounts mode over this file, with its keys in the database.
struct OverFile {
  static hss::Config config_of(const std::string& path) {
    hss::Config config = AccountsApi::config_of(path);
    config.token_keys.clear();
    return config;
  }

  explicit OverFile(const std::string& path) : api(config_of(path), hss::crypto::fill_random) {}

  AccountsApi api;
};

bool accepts(const AccountsApi& api, const std::string& token) {
  return !api.holder_of(token).empty();
}

void rotate(AccountsApi& api) {
  api.store.transact([&](Tx& tx) { hss::app::add_token_key(tx, api.clock.now()); });
}

}  // namespace

TEST_CASE("a token that a new key signed is accepted where the key was not known yet") {
  const TempFolder folder;
  OverFile here(folder.file("hss.db")), there(folder.file("hss.db"));
  const std::string before = here.api.sign_in(Role::staff);
  CHECK(accepts(there.api, before));
  rotate(here.api);
  here.api.clock.advance(std::chrono::seconds(1));
  // Any request lets the instance see that the data have changed.
  CHECK(accepts(here.api, before));
  const std::string after = here.api.sign_in(Role::staff);
  CHECK_FALSE(there.api.signer.has_signed(after));
  CHECK(accepts(there.api, after));
  CHECK(accepts(there.api, before));
}

TEST_CASE("unknown tokens make an instance look for new keys once a second at most") {
  const TempFolder folder;
  OverFile here(folder.file("hss.db")), there(folder.file("hss.db"));
  const std::string before = here.api.sign_in(Role::staff);
  CHECK_FALSE(accepts(there.api, "e30.e30.e30"));
  rotate(here.api);
  here.api.clock.advance(std::chrono::seconds(1));
  CHECK(accepts(here.api, before));
  const std::string after = here.api.sign_in(Role::staff);
  CHECK_FALSE(accepts(there.api, after));
  there.api.clock.advance(std::chrono::seconds(1));
  CHECK(accepts(there.api, after));
}

TEST_CASE("a key that is removed at one instance is refused at all of them within a second") {
  require_server();
  InstancesApi instances(false);
  const std::string token = instances.here.sign_in(Role::staff);
  CHECK(accepts(instances.there, token));
  const std::string now = hss::domain::to_rfc3339(instances.here.clock.now());
  std::atomic<int> heard = 0;
  const auto subscription = instances.there.store.on_commit([&] { ++heard; });
  instances.here.store.transact([&](Tx& tx) {
    tx.token_keys().insert({.bytes = std::string(32, 'n'), .created_at = now}, now);
  });
  wait_until([&] { return heard > 0; });
  instances.here.clock.advance(std::chrono::seconds(1));
  instances.there.clock.advance(std::chrono::seconds(1));
  CHECK_FALSE(accepts(instances.here, token));
  CHECK_FALSE(accepts(instances.there, token));
  CHECK(accepts(instances.there, instances.here.sign_in(Role::staff)));
}
