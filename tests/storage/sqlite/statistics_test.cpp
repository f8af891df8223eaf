// Figures count rows that the shell has written.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

struct Shop {
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store{folder.file("hss.db"), [](const std::string&) {}};
  BookingService bookings{clock.clock(), seeded_random()};

  void book() {
    BookingDraft draft = a_draft();
    draft.items = {{.type = "box"}};
    store.transact([&](Tx& tx) { bookings.create(tx, draft, staff); });
  }
  Statistics statistics() {
    return store.read(
        [&](Reader& reader) { return reader.reports().statistics(last_weeks(clock.now(), 3)); });
  }
};

}  // namespace

TEST_CASE("a step made from the shell is counted, whether the booking is new or not") {
  Shop shop;
  const auto approve = [&](int seq) {
    SQLite::Database(shop.folder.file("hss.db"), SQLite::OPEN_READWRITE)
        .exec("UPDATE bookings SET status = 'approved' WHERE seq = " + std::to_string(seq));
  };
  const auto approved = [&] {
    const Overview overview =
        shop.store.read([](Reader& reader) { return reader.reports().overview(); });
    CHECK(overview.gross_value.cents == 53000 * overview.total_bookings);
    const auto count = overview.by_status[static_cast<std::size_t>(Status::approved)].count;
    CHECK(overview.by_status[static_cast<std::size_t>(Status::submitted)].count ==
          overview.total_bookings - count);
    return count;
  };
  shop.book();
  CHECK(approved() == 0);
  approve(1);
  CHECK(approved() == 1);
  for (int i = 0; i < 200; ++i) shop.book();
  CHECK(approved() == 1);
  approve(2);
  approve(201);
  CHECK(approved() == 3);
}

TEST_CASE(
    "a booking from the shell is counted with the next one, a time or type that is none nowhere") {
  Shop shop;
  shop.book();
  SQLite::Database(shop.folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO bookings (seq, id, customer_name, email, pickup_date, pickup_window,"
          " address, item_count, duration_months, monthly_subtotal, handling_fee, total, status,"
          " created_at, updated_at, owner, items)"
          " SELECT 2, 'HSS-0000000002', customer_name, email, pickup_date,"
          " pickup_window, address, item_count, 5, monthly_subtotal, handling_fee,"
          " 5 * monthly_subtotal + handling_fee, status, 'yesterday', updated_at, owner,"
          " json_replace(items, '$[0].type', 'piano') FROM bookings");
  shop.book();
  const Statistics statistics = shop.statistics();
  CHECK(statistics.weeks.back().bookings == 2);
  CHECK(statistics.durations[4].count == 1);
  std::int64_t pieces = 0;
  for (const auto& item : statistics.items) pieces += item.count;
  // Of three bookings with an item each, the catalogue has not the type of one.
  CHECK(pieces == 2);
}
