#include "storage/writer.h"

#include <catch2/catch_test_macros.hpp>
#include <latch>
#include <thread>

#include "domain/error.h"
#include "storage/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("a failing unit does not take its batch with it") {
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());

  // The first unit keeps the writer busy until the others wait, so that they share one commit.
  std::latch writer_is_busy(1);
  std::latch others_may_start(1);
  std::atomic<int> queued = 0;
  std::thread first([&] {
    store.transact([&](Tx&) {
      writer_is_busy.count_down();
      others_may_start.wait();
    });
  });
  writer_is_busy.wait();
  std::vector<std::thread> others;
  std::atomic<int> refused = 0;
  for (int i = 0; i < 6; ++i) {
    others.emplace_back([&, i] {
      try {
        ++queued;
        store.transact([&](Tx& tx) {
          bookings.create(tx, a_draft(), staff);
          if (i % 2 == 0) throw Error(ErrorCode::conflict, "refused");
        });
      } catch (const Error&) {
        ++refused;
      }
    });
  }
  while (queued < 6) std::this_thread::yield();
  others_may_start.count_down();
  first.join();
  for (auto& other : others) other.join();
  CHECK(refused == 3);
  CHECK(store.read([](Reader& reader) { return reader.overview().total_bookings; }) == 3);
  const auto statistics =
      store.read([&](Reader& reader) { return reader.statistics(last_weeks(clock.now(), 1)); });
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
  CHECK(
      store.read([&](Reader& reader) { return reader.get_booking(id, hss::test::staff.principal); })
          .id == id);
}
