#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;
using hss::storage::SqliteStore;

TEST_CASE("another program's change of the file moves the revision") {
  const TempFolder folder;
  TestClock clock;
  SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());
  store.transact([&](Tx& tx) { bookings.create(tx, a_draft(), staff); });
  const std::uint64_t before = store.revision();
  SQLite::Database(folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec("UPDATE bookings SET status = 'approved'");
  CHECK(store.revision() != before);
}
