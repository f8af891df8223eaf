#include "storage/writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <future>
#include <thread>

#include "domain/error.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("a failing unit does not take its batch with it") {
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());

  // The first unit keeps the writer busy until the others wait, so that they share one commit.
  std::promise<void> others_wait;
  const auto until_others_wait = others_wait.get_future();
  const auto first = store.transact_deferred([&](Tx&) {
    until_others_wait.wait();
    return true;
  });
  first.start([] {});
  std::vector<Deferred<std::string>> others;
  for (int i = 0; i < 6; ++i) {
    others.push_back(store.transact_deferred([&bookings, i](Tx& tx) {
      const std::string id = bookings.create(tx, a_draft(), staff).id;
      if (i % 2 == 0) throw Error(ErrorCode::conflict, "refused");
      return id;
    }));
    others.back().start([] {});
  }
  others_wait.set_value();
  CHECK(first.rest());
  int rejected = 0;
  for (const auto& other : others) {
    try {
      other.rest();
    } catch (const Error&) {
      ++rejected;
    }
  }
  CHECK(rejected == 3);
  CHECK(store.read([](Reader& reader) { return reader.reports().overview().total_bookings; }) == 3);
  const auto statistics = store.read(
      [&](Reader& reader) { return reader.reports().statistics(last_weeks(clock.now(), 1)); });
  CHECK(statistics.weeks[0].bookings == 3);
  CHECK(statistics.durations[2].count == 3);
}

TEST_CASE("a database that another program holds is told as unavailable and serves again") {
  TempFolder folder;
  std::string reported;
  hss::storage::SqliteStore store(folder.file("hss.db"),
                                  [&](const std::string& text) { reported = text; });
  SQLite::Database other(folder.file("hss.db"), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  try {
    store.check();
    FAIL("the lock was passed over");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unavailable);
    CHECK(std::string(error.what()).find("SQLITE") == std::string::npos);
  }
  CHECK(reported.find("database is locked") != std::string::npos);
  other.exec("ROLLBACK");
  CHECK_NOTHROW(store.check());
}

TEST_CASE("everything is there again after closing and opening") {
  TempFolder folder;
  TestClock clock;
  const BookingService bookings(clock.clock(), seeded_random());
  std::string id;
  {
    hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
    id = store.transact([&](Tx& tx) { return bookings.create(tx, a_draft(), staff).id; });
  }
  CHECK_FALSE(std::filesystem::exists(folder.file("hss.db-wal")));
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  CHECK(store
            .read([&](Reader& reader) {
              return reader.bookings().get(id, hss::test::staff.principal);
            })
            .id == id);
}
