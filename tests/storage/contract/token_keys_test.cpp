#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

std::vector<TokenKey> list(Backend& backend, const std::string& now) {
  return backend.store.read([&](Reader& reader) { return reader.token_keys().list(now); });
}

/// The first bytes of the keys.
std::string letters_at(Backend& backend, const std::string& now) {
  std::string letters;
  for (const TokenKey& key : list(backend, now)) letters += key.bytes.front();
  return letters;
}

void insert(Backend& backend, char letter, const std::string& now, const std::string& retires_at) {
  backend.store.transact([&](Tx& tx) {
    tx.token_keys().insert({.bytes = std::string(32, letter), .created_at = now}, retires_at);
  });
}

}  // namespace

TEST_CASE("a key comes back byte for byte") {
  Backend backend(each_engine());
  std::string bytes(40, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  CHECK(list(backend, "2026-11-22T08:00:00.000Z").empty());
  backend.store.transact([&](Tx& tx) {
    tx.token_keys().insert({.bytes = bytes, .created_at = "2026-11-22T08:00:00.000Z"}, "");
  });
  const auto keys = list(backend, "2036-11-22T08:00:00.000Z");
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].bytes == bytes);
  CHECK(keys[0].created_at == "2026-11-22T08:00:00.000Z");
}

TEST_CASE("a new key is the first, and the earlier ones verify until they retire") {
  Backend backend(each_engine());
  insert(backend, 'a', "2026-11-22T08:00:00.000Z", "2026-11-23T08:00:00.000Z");
  insert(backend, 'b', "2026-11-22T09:00:00.000Z", "2026-11-23T09:00:00.000Z");
  insert(backend, 'c', "2026-11-22T10:00:00.000Z", "2026-11-23T10:00:00.000Z");
  CHECK(letters_at(backend, "2026-11-23T08:59:59.999Z") == "cba");
  // A key keeps its first end, whatever is stored later.
  CHECK(letters_at(backend, "2026-11-23T09:00:00.000Z") == "cb");
  CHECK(letters_at(backend, "2026-11-23T09:59:59.999Z") == "cb");
  CHECK(letters_at(backend, "2026-11-23T10:00:00.000Z") == "c");
  CHECK(letters_at(backend, "2036-11-23T10:00:00.000Z") == "c");
}

TEST_CASE("a retired key is gone for good once there is another") {
  Backend backend(each_engine());
  insert(backend, 'a', "2026-11-22T08:00:00.000Z", "");
  insert(backend, 'b', "2026-11-22T09:00:00.000Z", "2026-11-23T09:00:00.000Z");
  insert(backend, 'c', "2026-11-23T09:00:00.000Z", "2026-11-24T09:00:00.000Z");
  // A clock that is set back does not bring the key back.
  CHECK(letters_at(backend, "2026-11-22T09:00:00.000Z") == "cb");
}
