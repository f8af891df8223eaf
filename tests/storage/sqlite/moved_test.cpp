// What `hss copy` leaves behind: a file that says where its data went, and takes no more of them.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss;
using namespace hss::test;

namespace {

void move_away(const std::string& file) {
  SQLite::Database(file, SQLite::OPEN_READWRITE)
      .exec("UPDATE moved_to SET place = 'PostgreSQL at db.example:5432/hss'");
}

}  // namespace

TEST_CASE("a store whose data are moved away while it runs changes nothing more") {
  const TempFolder folder;
  const std::string file = folder.file("hss.db");
  std::vector<std::string> log;
  storage::SqliteStore store(file, [&log](const std::string& text) { log.push_back(text); });
  TestClock clock;
  domain::BookingService bookings(clock.clock(), seeded_random());
  const auto book = [&] {
    return store.transact([&](domain::Tx& tx) { return bookings.create(tx, a_draft(), staff); });
  };
  const std::string id = book().id;
  move_away(file);
  try {
    book();
    FAIL("it was booked");
  } catch (const domain::Error& error) {
    CHECK(error.code() == domain::ErrorCode::unavailable);
    // A client learns nothing of the servers behind.
    CHECK(std::string(error.what()) ==
          "The data were moved to another database; nothing was changed");
  }
  REQUIRE(log.size() == 1);
  CHECK(log[0].find(file + " was moved to PostgreSQL at db.example:5432/hss") != std::string::npos);
  CHECK_THROWS(store.check());
  const auto read = store.read([&](domain::Reader& reader) { return reader.bookings().find(id); });
  CHECK(read.has_value());
}

TEST_CASE("a store does not open data that were moved away, and says where they are") {
  const TempFolder folder;
  const std::string file = folder.file("hss.db");
  {
    const storage::SqliteStore store(file, [](const std::string&) {});
  }
  CHECK(storage::place_moved_to(file).empty());
  move_away(file);
  CHECK(storage::place_moved_to(file) == "PostgreSQL at db.example:5432/hss");
  try {
    const storage::SqliteStore store(file, [](const std::string&) {});
    FAIL("it was opened");
  } catch (const domain::Error& error) {
    CHECK(std::string(error.what()) == file +
                                           ": The data were moved to PostgreSQL at"
                                           " db.example:5432/hss; start HSS on those, or see `hss"
                                           " copy --help` for how to go back");
  }
  CHECK(storage::place_moved_to(folder.file("none.db")).empty());
}
