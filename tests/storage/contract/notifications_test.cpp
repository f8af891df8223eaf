#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

void send(Backend& backend, const std::string& message, std::optional<std::string> booking_id) {
  backend.store.transact([&](Tx& tx) {
    tx.notifications().insert({.message = message,
                               .booking_id = std::move(booking_id),
                               .actor = "staff@hss.co.za",
                               .actor_role = "staff"},
                              backend.now());
  });
}

Slice<SentNotification> list(Backend& backend, const std::string& id, const Page& page = {}) {
  return backend.store.read([&](Reader& reader) { return reader.notifications().list(id, page); });
}

}  // namespace

TEST_CASE("a message comes back with its author and time") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  backend.clock.advance(std::chrono::milliseconds(1));
  send(backend, "Kom asseblief vroeër", id);
  const auto sent = list(backend, id).rows;
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].message == "Kom asseblief vroeër");
  CHECK(sent[0].actor == "staff@hss.co.za");
  CHECK(sent[0].actor_role == "staff");
  CHECK(sent[0].created_at == "2026-11-22T08:00:00.001Z");
}

TEST_CASE("a booking's messages are those about it, and not those to everyone") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  const std::string other = backend.create().id;
  send(backend, "to all", std::nullopt);
  send(backend, "yours", id);
  send(backend, "another's", other);
  const auto sent = list(backend, id).rows;
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].message == "yours");
  CHECK(list(backend, "HSS-0000000000").rows.empty());
  CHECK(list(backend, "").rows.empty());
}

TEST_CASE("messages are listed newest first, page by page, each once") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  const std::string other = backend.create().id;
  for (const char* message : {"1", "2", "3", "4", "5"}) {
    send(backend, message, id);
    send(backend, "another's", other);
  }
  std::vector<std::string> paged;
  Page page{.limit = 2};
  do {
    const auto slice = list(backend, id, page);
    for (const SentNotification& sent : slice.rows) paged.push_back(sent.message);
    page.cursor = slice.next_cursor;
    send(backend, "one that comes in between does not move the rest", id);
  } while (page.cursor);
  CHECK(paged == std::vector<std::string>{"5", "4", "3", "2", "1"});
  const auto offset = list(backend, id, {.limit = 3, .offset = 5}).rows;
  REQUIRE(offset.size() == 3);
  CHECK(offset[0].message == "3");
}

TEST_CASE("a cursor that no list of messages gave is refused") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  send(backend, "yours", id);
  for (const char* cursor : {"", "x", "-1", "1e3", "99999999999999999999"}) {
    INFO(cursor);
    CHECK_THROWS_AS(list(backend, id, {.cursor = cursor}), Error);
  }
}
