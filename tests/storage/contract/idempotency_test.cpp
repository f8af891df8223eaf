#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string eight = "2026-11-22T08:00:00.000Z";
const std::string nine = "2026-11-22T09:00:00.000Z";
const std::string noon = "2026-11-22T12:00:00.000Z";

void insert(Backend& backend, const IdempotencyRecord& answer, const std::string& not_before = "") {
  backend.store.transact([&](Tx& tx) { tx.idempotency().insert(answer, not_before); });
}
std::optional<IdempotencyRecord> find(Backend& backend, const std::string& scope,
                                      const std::string& key, const std::string& not_before) {
  return backend.store.transact(
      [&](Tx& tx) { return tx.idempotency().find(scope, key, not_before); });
}

}  // namespace

TEST_CASE("an answer is remembered under its key until it is too old") {
  Backend backend(each_engine());
  const auto find = [&](const char* scope, const char* not_before) {
    return backend.store.transact(
        [&](Tx& tx) { return tx.idempotency().find(scope, "k", not_before); });
  };
  backend.store.transact([](Tx& tx) {
    tx.idempotency().insert({.scope = "a",
                             .key = "k",
                             .fingerprint = "f",
                             .status = 201,
                             .body = "{}",
                             .location = "/x",
                             .created_at = "2026-11-22T08:00:00.000Z"},
                            "2026-11-21T08:00:00.000Z");
  });
  const auto answer = find("a", "2026-11-21T08:00:00.000Z");
  REQUIRE(answer.has_value());
  CHECK(answer->status == 201);
  CHECK(answer->location == "/x");
  CHECK_FALSE(find("b", "2026-11-21T08:00:00.000Z").has_value());
  CHECK_FALSE(find("a", "2026-11-22T08:00:00.001Z").has_value());
}

TEST_CASE("an answer comes back whole, for its scope and key alone") {
  Backend backend(each_engine());
  const IdempotencyRecord made{.scope = "a",
                               .key = "k",
                               .fingerprint = "POST /bookings 1234",
                               .status = 409,
                               .body = R"({"error":"é"})",
                               .location = "",
                               .created_at = eight,
                               .holder = "h"};
  insert(backend, made);
  insert(backend, {.scope = "a", .key = "l", .fingerprint = "f", .body = "2", .created_at = eight});
  insert(backend, {.scope = "b", .key = "k", .fingerprint = "f", .body = "3", .created_at = eight});
  const auto found = find(backend, "a", "k", eight);
  REQUIRE(found.has_value());
  CHECK(found->scope == "a");
  CHECK(found->key == "k");
  CHECK(found->fingerprint == made.fingerprint);
  CHECK(found->status == 409);
  CHECK(found->body == made.body);
  CHECK(found->location.empty());
  CHECK(found->created_at == eight);
  CHECK(find(backend, "a", "l", eight)->body == "2");
  CHECK(find(backend, "b", "k", eight)->body == "3");
  CHECK_FALSE(find(backend, "a", "K", eight).has_value());
  CHECK_FALSE(find(backend, "b", "l", eight).has_value());
}

TEST_CASE("an answer is as old as it may be at the moment itself, and too old right behind it") {
  Backend backend(each_engine());
  insert(backend, {.scope = "a", .key = "k", .fingerprint = "f", .created_at = eight});
  CHECK(find(backend, "a", "k", eight).has_value());
  CHECK_FALSE(find(backend, "a", "k", "2026-11-22T08:00:00.001Z").has_value());
}

TEST_CASE("an answer takes the place of an expired one to the same key") {
  Backend backend(each_engine());
  insert(backend, {.scope = "a", .key = "k", .fingerprint = "f", .body = "1", .created_at = eight});
  insert(backend, {.scope = "a", .key = "k", .fingerprint = "g", .body = "2", .created_at = noon},
         nine);
  const auto found = find(backend, "a", "k", "");
  REQUIRE(found.has_value());
  CHECK(found->fingerprint == "g");
  CHECK(found->body == "2");
  CHECK(found->created_at == noon);
}

TEST_CASE("answers take a few with them that are too old") {
  Backend backend(each_engine());
  for (const char* key : {"1", "2", "3", "4"}) {
    insert(backend, {.scope = "a", .key = key, .fingerprint = "f", .created_at = eight});
  }
  insert(backend, {.scope = "a", .key = "5", .fingerprint = "f", .created_at = nine});
  const auto left = [&] {
    std::string keys;
    for (const char* key : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
      if (find(backend, "a", key, "")) keys += key;
    }
    return keys;
  };
  insert(backend, {.scope = "a", .key = "6", .fingerprint = "f", .created_at = noon}, nine);
  CHECK(left().size() < 6);
  for (const char* key : {"7", "8", "9"}) {
    insert(backend, {.scope = "a", .key = key, .fingerprint = "f", .created_at = noon}, nine);
  }
  CHECK(left() == "56789");
}

TEST_CASE("a holder with as many answers as allowed waits until the right one expires") {
  Backend backend(each_engine());
  const auto blocking = [&](const std::string& holder, const std::string& not_before, int max) {
    return backend.store.transact(
        [&](Tx& tx) { return tx.idempotency().find_blocking(holder, not_before, max); });
  };
  int number = 0;
  const auto add = [&](const std::string& holder, const std::string& created_at) {
    insert(backend, {.scope = "a",
                     .key = std::to_string(++number),
                     .fingerprint = "f",
                     .created_at = created_at,
                     .holder = holder});
  };
  CHECK_FALSE(blocking("h", "", 1).has_value());
  add("h", nine);
  add("h", eight);
  add("h", noon);
  add("another", eight);
  CHECK_FALSE(blocking("h", "", 4).has_value());
  CHECK(blocking("h", "", 3) == eight);
  // With a limit of two, two records must expire before there is room.
  CHECK(blocking("h", "", 2) == nine);
  CHECK(blocking("h", "", 1) == noon);
  CHECK(blocking("h", eight, 3) == eight);
  CHECK_FALSE(blocking("h", nine, 3).has_value());
  CHECK(blocking("another", "", 1) == eight);
  // A record without a holder blocks nobody.
  add("", eight);
  CHECK_FALSE(blocking("", "", 1).has_value());
}
