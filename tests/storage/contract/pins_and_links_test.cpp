// The credentials of an account besides its password: PINs, trusted devices and links.
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string nine = "2026-11-22T09:00:00.000Z";
const std::string ten = "2026-11-22T10:00:00.000Z";
const std::string eleven = "2026-11-22T11:00:00.000Z";
const std::string noon = "2026-11-22T12:00:00.000Z";

/// A secret's hash.
std::string hash_of(char letter) {
  return std::string(64, letter);
}

/// Two accounts and their credentials.
struct Accounts : Backend {
  using Backend::Backend;
  const std::string sipho = add_account("sipho@hss.co.za", Role::staff).id;
  const std::string lerato = add_account("lerato@hss.co.za", Role::staff).id;

  void fail_pin(const std::string& id, const std::string& kiosk, const std::string& at,
                const std::string& since = "") {
    store.transact([&](Tx& tx) { tx.accounts().insert_pin_failure(id, kiosk, at, since); });
  }
  PinFailures pin_failures(const std::string& id, const std::string& kiosk,
                           const std::string& since = "") {
    return store.read(
        [&](Reader& reader) { return reader.accounts().pin_failures(id, kiosk, since); });
  }
  void trust(const std::string& id, char device, const std::string& at,
             const std::string& since = "", int max = 10) {
    store.transact([&](Tx& tx) {
      tx.accounts().put_trusted_device({.hash = hash_of(device), .account_id = id, .used_at = at},
                                       since, max);
    });
  }
  bool trusts(const std::string& id, char device, const std::string& since = "") {
    return store.read([&](Reader& reader) {
      return reader.accounts().has_trusted_device(id, hash_of(device), since);
    });
  }
  void link(char secret, std::optional<std::string> id, const std::string& expires_at = noon) {
    store.transact([&](Tx& tx) {
      tx.accounts().insert_link(
          {.token_hash = hash_of(secret), .account_id = std::move(id), .expires_at = expires_at});
    });
  }
  std::optional<OneTimeLink> find_link(char secret) {
    return store.read([&](Reader& reader) { return reader.accounts().find_link(hash_of(secret)); });
  }
};

}  // namespace

TEST_CASE("wrong PINs are counted on the kiosk and on all, those from behind a moment on") {
  Accounts accounts(each_engine());
  CHECK(accounts.pin_failures(accounts.sipho, "door").on_all == 0);
  CHECK(accounts.pin_failures(accounts.sipho, "door").last_on_all.empty());
  accounts.fail_pin(accounts.sipho, "door", nine);
  accounts.fail_pin(accounts.sipho, "door", ten);
  accounts.fail_pin(accounts.sipho, "desk", eleven);
  accounts.fail_pin(accounts.lerato, "door", noon);
  const PinFailures all = accounts.pin_failures(accounts.sipho, "door");
  CHECK(all.on_kiosk == 2);
  CHECK(all.last_on_kiosk == ten);
  CHECK(all.on_all == 3);
  CHECK(all.last_on_all == eleven);
  const PinFailures since = accounts.pin_failures(accounts.sipho, "door", ten);
  CHECK(since.on_kiosk == 0);
  CHECK(since.last_on_kiosk.empty());
  CHECK(since.on_all == 1);
  CHECK(accounts.pin_failures(accounts.sipho, "door", nine).on_kiosk == 1);
}

TEST_CASE("a wrong PIN takes the account's old ones with it, and nobody else's") {
  Accounts accounts(each_engine());
  accounts.fail_pin(accounts.sipho, "door", nine);
  accounts.fail_pin(accounts.sipho, "desk", ten);
  accounts.fail_pin(accounts.sipho, "door", eleven);
  accounts.fail_pin(accounts.lerato, "door", nine);
  accounts.fail_pin(accounts.sipho, "door", noon, ten);
  CHECK(accounts.pin_failures(accounts.sipho, "door").on_kiosk == 2);
  CHECK(accounts.pin_failures(accounts.sipho, "door").on_all == 2);
  CHECK(accounts.pin_failures(accounts.lerato, "door").on_all == 1);
}

TEST_CASE("an account's wrong PINs are cleared on one kiosk, or on all") {
  Accounts accounts(each_engine());
  for (const std::string& id : {accounts.sipho, accounts.lerato}) {
    accounts.fail_pin(id, "door", nine);
    accounts.fail_pin(id, "desk", ten);
  }
  accounts.store.transact(
      [&](Tx& tx) { tx.accounts().delete_pin_failures_on(accounts.sipho, "door"); });
  CHECK(accounts.pin_failures(accounts.sipho, "door").on_kiosk == 0);
  CHECK(accounts.pin_failures(accounts.sipho, "desk").on_kiosk == 1);
  CHECK(accounts.pin_failures(accounts.lerato, "door").on_kiosk == 1);
  accounts.store.transact([&](Tx& tx) { tx.accounts().delete_pin_failures_of(accounts.sipho); });
  CHECK(accounts.pin_failures(accounts.sipho, "desk").on_all == 0);
  CHECK(accounts.pin_failures(accounts.lerato, "door").on_all == 2);
}

TEST_CASE("a trusted device is its account's alone, while it was used after a moment") {
  Accounts accounts(each_engine());
  accounts.trust(accounts.sipho, 'a', ten);
  CHECK(accounts.trusts(accounts.sipho, 'a'));
  CHECK(accounts.trusts(accounts.sipho, 'a', nine));
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'a', ten));
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'b'));
  CHECK_FALSE(accounts.trusts(accounts.lerato, 'a'));
  accounts.trust(accounts.sipho, 'a', noon);
  CHECK(accounts.trusts(accounts.sipho, 'a', eleven));
}

TEST_CASE("an account has so many trusted devices, and those that were used last stay") {
  Accounts accounts(each_engine());
  accounts.trust(accounts.sipho, 'a', nine, "", 2);
  accounts.trust(accounts.lerato, 'd', nine, "", 2);
  accounts.trust(accounts.sipho, 'b', ten, "", 2);
  accounts.trust(accounts.sipho, 'a', eleven, "", 2);
  accounts.trust(accounts.sipho, 'c', noon, "", 2);
  CHECK(accounts.trusts(accounts.sipho, 'a'));
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'b'));
  CHECK(accounts.trusts(accounts.sipho, 'c'));
  CHECK(accounts.trusts(accounts.lerato, 'd'));
}

TEST_CASE("a trusted device takes the account's with it that were not used for long") {
  Accounts accounts(each_engine());
  accounts.trust(accounts.sipho, 'a', nine);
  accounts.trust(accounts.sipho, 'b', ten);
  accounts.trust(accounts.lerato, 'd', nine);
  accounts.trust(accounts.sipho, 'c', noon, nine);
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'a'));
  CHECK(accounts.trusts(accounts.sipho, 'b'));
  CHECK(accounts.trusts(accounts.sipho, 'c'));
  CHECK(accounts.trusts(accounts.lerato, 'd'));
}

TEST_CASE("an account's trusted devices are deleted, and nobody else's") {
  Accounts accounts(each_engine());
  accounts.trust(accounts.sipho, 'a', nine);
  accounts.trust(accounts.sipho, 'b', ten);
  accounts.trust(accounts.lerato, 'd', nine);
  accounts.store.transact([&](Tx& tx) { tx.accounts().delete_trusted_devices_of(accounts.sipho); });
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'a'));
  CHECK_FALSE(accounts.trusts(accounts.sipho, 'b'));
  CHECK(accounts.trusts(accounts.lerato, 'd'));
}

TEST_CASE("a link is found by its secret's hash, also when it has expired") {
  Accounts accounts(each_engine());
  accounts.link('a', accounts.sipho, "2020-01-01T00:00:00.000Z");
  const auto link = accounts.find_link('a');
  REQUIRE(link.has_value());
  CHECK(link->token_hash == hash_of('a'));
  CHECK(link->account_id == accounts.sipho);
  CHECK(link->expires_at == "2020-01-01T00:00:00.000Z");
  CHECK_FALSE(accounts.find_link('b').has_value());
}

TEST_CASE("an account's newest link alone works, and so does the first administrator's") {
  Accounts accounts(each_engine());
  accounts.link('a', accounts.sipho);
  accounts.link('b', accounts.lerato);
  accounts.link('c', std::nullopt);
  accounts.link('d', accounts.sipho);
  CHECK_FALSE(accounts.find_link('a').has_value());
  CHECK(accounts.find_link('b').has_value());
  CHECK(accounts.find_link('d').has_value());
  REQUIRE(accounts.find_link('c').has_value());
  CHECK_FALSE(accounts.find_link('c')->account_id.has_value());
  accounts.link('e', std::nullopt);
  CHECK_FALSE(accounts.find_link('c').has_value());
  CHECK(accounts.find_link('e').has_value());
  CHECK(accounts.find_link('d').has_value());
}

TEST_CASE("a link is deleted with those that have expired") {
  Accounts accounts(each_engine());
  const std::string third = accounts.add_account("thabo@hss.co.za").id;
  const std::string fourth = accounts.add_account("zanele@hss.co.za").id;
  accounts.link('a', accounts.sipho, noon);
  accounts.link('b', accounts.lerato, ten);
  accounts.link('c', third, eleven);
  accounts.link('d', fourth, nine);
  accounts.store.transact([&](Tx& tx) { tx.accounts().delete_link(hash_of('a'), ten); });
  CHECK_FALSE(accounts.find_link('a').has_value());
  CHECK_FALSE(accounts.find_link('b').has_value());
  CHECK(accounts.find_link('c').has_value());
  CHECK_FALSE(accounts.find_link('d').has_value());
}

TEST_CASE("an account's links are deleted, and nobody else's") {
  Accounts accounts(each_engine());
  accounts.link('a', accounts.sipho);
  accounts.link('b', accounts.lerato);
  accounts.link('c', std::nullopt);
  accounts.store.transact([&](Tx& tx) { tx.accounts().delete_links_of(accounts.sipho); });
  CHECK_FALSE(accounts.find_link('a').has_value());
  CHECK(accounts.find_link('b').has_value());
  CHECK(accounts.find_link('c').has_value());
}
