// Figures that are kept and not counted: right after every commit, and after every failure.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;
using hss::storage::SqliteStore;

namespace {

const auto quiet = [](const std::string&) {};

struct Shop {
  TempFolder folder;
  TestClock clock;
  SqliteStore store;
  BookingService bookings{clock.clock(), seeded_random()};

  explicit Shop(bool on_file = true) : store(on_file ? folder.file("hss.db") : ":memory:", quiet) {}

  std::string book(int months = 3, std::vector<Item> items = {{.type = ItemType::box}}) {
    BookingDraft draft = a_draft();
    draft.duration_months = months;
    draft.items = std::move(items);
    return store.transact([&](Tx& tx) { return bookings.create(tx, draft, staff).id; });
  }
  void pay(const std::string& id) {
    store.transact([&](Tx& tx) {
      bookings.change_status(tx, id, {.to = Status::approved}, staff);
      bookings.pay(tx, id, "card", staff);
    });
  }
  Statistics statistics(int weeks = 3) {
    return store.read([&](Reader& reader) {
      return reader.reports().statistics(last_weeks(clock.now(), weeks));
    });
  }
};

std::string text_of(const std::vector<WeekFigures>& weeks) {
  std::string text;
  for (const auto& week : weeks) {
    text += week.week + " " + std::to_string(week.bookings) + " " +
            std::to_string(week.revenue.cents) + ", ";
  }
  return text;
}

std::int64_t count_of(const Statistics& statistics, ItemType type) {
  for (const auto& item : statistics.items) {
    if (item.type == type) return item.count;
  }
  return -1;
}

constexpr auto day = std::chrono::hours(24);

}  // namespace

TEST_CASE("without bookings every week, item and duration is there with nothing in it") {
  Shop shop(GENERATE(true, false));
  const Statistics statistics = shop.statistics();
  CHECK(text_of(statistics.weeks) == "2026-11-02 0 0, 2026-11-09 0 0, 2026-11-16 0 0, ");
  REQUIRE(statistics.items.size() == all_item_types.size());
  CHECK(statistics.items[0].type == ItemType::bed);
  CHECK(statistics.items[0].label == "Bed");
  CHECK(count_of(statistics, ItemType::suitcase) == 0);
  REQUIRE(statistics.durations.size() == 12);
  CHECK(statistics.durations[0].duration_months == 1);
  CHECK(statistics.durations[11].duration_months == 12);
  CHECK(statistics.durations[11].count == 0);
}

TEST_CASE("a booking counts in the week it was made, its money in the week it was paid") {
  Shop shop(GENERATE(true, false));
  // Sunday evening in Pretoria, a booking each side of midnight there.
  shop.clock.advance(std::chrono::hours(14) - std::chrono::milliseconds(1));
  const std::string sunday = shop.book();
  shop.clock.advance(std::chrono::milliseconds(1));
  shop.book();
  shop.clock.advance(7 * day);
  shop.pay(sunday);
  CHECK(text_of(shop.statistics().weeks) == "2026-11-16 1 0, 2026-11-23 1 0, 2026-11-30 0 53000, ");
  CHECK(text_of(shop.statistics(1).weeks) == "2026-11-30 0 53000, ");
}

TEST_CASE("bookings of one commit count each in the week it was made") {
  Shop shop(GENERATE(true, false));
  shop.store.transact([&](Tx& tx) {
    for (int i = 0; i < 4; ++i) {
      shop.bookings.create(tx, a_draft(), staff);
      shop.clock.advance(std::chrono::hours(5));
    }
  });
  // At 10:00, 15:00 and 20:00 on Sunday, and at 1:00 on Monday.
  CHECK(text_of(shop.statistics(2).weeks) == "2026-11-16 3 0, 2026-11-23 1 0, ");
}

TEST_CASE("items and durations are counted over all bookings, whatever became of them") {
  Shop shop(GENERATE(true, false));
  shop.book(3, {{.type = ItemType::box}, {.type = ItemType::box}, {.type = ItemType::bed}});
  const std::string cancelled = shop.book(12, {{.type = ItemType::box}});
  shop.store.transact([&](Tx& tx) {
    shop.bookings.change_status(tx, cancelled, {.to = Status::cancelled}, staff);
  });
  const Statistics statistics = shop.statistics();
  CHECK(count_of(statistics, ItemType::box) == 3);
  CHECK(count_of(statistics, ItemType::bed) == 1);
  CHECK(count_of(statistics, ItemType::fridge) == 0);
  CHECK(statistics.durations[2].count == 1);
  CHECK(statistics.durations[11].count == 1);
}

TEST_CASE("each of many bookings is counted and found once its commit is done") {
  Shop shop(GENERATE(true, false));
  const auto count_all = [&] {
    const Statistics statistics = shop.statistics();
    std::int64_t of_weeks = 0;
    for (const auto& week : statistics.weeks) of_weeks += week.bookings;
    CHECK(statistics.durations[2].count == of_weeks);
    CHECK(count_of(statistics, ItemType::box) == of_weeks);
    const auto found = shop.store.read(
        [](Reader& reader) { return reader.bookings().list({.q = "thandi"}, {.limit = 1000}); });
    std::set<std::string> ids;
    for (const Booking& booking : found.rows) ids.insert(booking.id);
    CHECK(std::ssize(found.rows) == of_weeks);
    CHECK(std::ssize(ids) == of_weeks);
    return of_weeks;
  };
  std::int64_t made = 0;
  for (const int more : {1, 126, 1, 1, 127, 300, 1}) {
    shop.store.transact([&](Tx& tx) {
      for (int i = 0; i < more; ++i) shop.bookings.create(tx, a_draft(), staff);
    });
    made += more;
    CHECK(count_all() == made);
    shop.clock.advance(2 * day);
  }
}

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

TEST_CASE("a booking whose unit of work fails is counted nowhere") {
  Shop shop(GENERATE(true, false));
  const auto fail_after_booking = [&] {
    shop.store.transact([&](Tx& tx) {
      shop.bookings.create(tx, a_draft(), staff);
      throw Error(ErrorCode::conflict, "changed my mind");
    });
  };
  shop.book();
  CHECK_THROWS_AS(fail_after_booking(), Error);
  shop.book();
  const Statistics statistics = shop.statistics();
  CHECK(statistics.weeks.back().bookings == 2);
  CHECK(count_of(statistics, ItemType::box) == 2);
  CHECK(statistics.durations[2].count == 2);
}

TEST_CASE(
    "a booking from the shell is counted with the next one, and a time that is none nowhere") {
  Shop shop;
  shop.book();
  SQLite::Database(shop.folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO bookings SELECT 2, 'HSS-0000000002', customer_name, email, pickup_date,"
          " pickup_window, address, item_count, 5, monthly_subtotal, handling_fee,"
          " 5 * monthly_subtotal + handling_fee, status, 'yesterday', updated_at, owner,"
          " json_replace(items, '$[0].type', 'piano') FROM bookings");
  shop.book();
  const Statistics statistics = shop.statistics();
  CHECK(statistics.weeks.back().bookings == 2);
  CHECK(statistics.durations[4].count == 1);
  // What is no type of an item is something else.
  CHECK(statistics.items[3].type == ItemType::other);
  CHECK(statistics.items[3].count == 1);
}
