#include "storage/backup.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "domain/booking_service.h"
#include "domain/error.h"
#include "storage/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::storage;
using namespace hss::test;

namespace {

const auto quiet = [](const std::string&) {};

}  // namespace

TEST_CASE("a backup taken while bookings come in is whole and of one moment") {
  TempFolder folder;
  TestClock clock;
  SqliteStore store(folder.file("hss.db"), quiet);
  const BookingService bookings(clock.clock(), seeded_random());
  std::atomic<bool> done = false;
  std::thread writer([&] {
    while (!done) store.transact([&](Tx& tx) { bookings.create(tx, a_draft(), staff); });
  });
  while (store.read([](Reader& reader) { return reader.overview().total_bookings; }) < 20) {
    std::this_thread::yield();
  }
  back_up(folder.file("hss.db"), folder.file("copy.db"), quiet);
  done = true;
  writer.join();

  SQLite::Database copy(folder.file("copy.db"), SQLite::OPEN_READONLY);
  CHECK(copy.execAndGet("PRAGMA integrity_check").getString() == "ok");
  const auto bookings_in_copy = copy.execAndGet("SELECT count(*) FROM bookings").getInt();
  CHECK(bookings_in_copy >= 20);
  CHECK(copy.execAndGet("SELECT sum(count) FROM status_totals").getInt() == bookings_in_copy);
  CHECK(copy.execAndGet("SELECT count(*) FROM audit_events").getInt() == bookings_in_copy);
  CHECK_FALSE(std::filesystem::exists(folder.file("copy.db.part")));
}

TEST_CASE("a backup never overwrites a file") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  write_file(folder.file("copy.db"), "yesterday's");
  CHECK_THROWS_AS(back_up(folder.file("hss.db"), folder.file("copy.db"), quiet), Error);
  CHECK(read_file(folder.file("copy.db")) == "yesterday's");
}

TEST_CASE("a backup that cannot be written leaves nothing behind") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  CHECK_THROWS_AS(back_up(folder.file("hss.db"), folder.file("nowhere/copy.db"), quiet), Error);
  CHECK_FALSE(std::filesystem::exists(folder.file("nowhere")));
}
