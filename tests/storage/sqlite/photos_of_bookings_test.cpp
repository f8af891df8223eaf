#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "storage/sql/uploads.h"
#include "storage/sqlite/schema_sql.h"

TEST_CASE("the photos of a day are found by their bookings, whatever photos others have") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  SQLite::Statement rows(database, "EXPLAIN QUERY PLAN " + hss::storage::photos_of_bookings_sql());
  REQUIRE(rows.executeStep());
  CHECK(rows.getColumn(3).getString() ==
        "SEARCH uploads USING INDEX uploads_by_booking (booking_id=?)");
}
