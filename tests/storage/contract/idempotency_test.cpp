#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

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
