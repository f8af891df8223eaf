// Figures are stored, not counted: they are right after every commit and after every failure.
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

struct Shop : Backend {
  using Backend::Backend;

  std::string book(int months = 3, std::vector<Item> items = {{.type = "box"}}) {
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

std::int64_t count_of(const Statistics& statistics, const std::string& type) {
  for (const auto& item : statistics.items) {
    if (item.type == type) return item.count;
  }
  return -1;
}

constexpr auto day = std::chrono::hours(24);

}  // namespace

TEST_CASE("the overview counts by status and sums what was paid, also when it has moved on") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  backend.create();
  backend.step(id, Status::approved);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, id, "eft", staff); });
  backend.step(id, Status::collected);
  const Overview overview =
      backend.store.read([](Reader& reader) { return reader.reports().overview(); });
  CHECK(overview.total_bookings == 2);
  CHECK(overview.gross_value == Money::rand(2860));
  CHECK(overview.paid_revenue == Money::rand(1430));
  REQUIRE(overview.by_status.size() == all_statuses.size());
  CHECK(overview.by_status[0].count == 1);
  CHECK(overview.by_status[3].status == Status::collected);
  CHECK(overview.by_status[3].count == 1);
}

TEST_CASE("declined and cancelled bookings are no booked value, whenever they are looked at") {
  Backend backend(each_engine());
  const auto overview = [&] {
    return backend.store.read([](Reader& reader) { return reader.reports().overview(); });
  };
  const std::string declined = backend.create().id;
  const std::string cancelled = backend.create().id;
  const std::string withdrawn = backend.create().id;
  CHECK(overview().booked_value == Money::rand(3 * 1430));
  backend.step(declined, Status::declined);
  CHECK(overview().booked_value == Money::rand(2 * 1430));
  backend.step(cancelled, Status::approved);
  backend.step(cancelled, Status::cancelled);
  CHECK(overview().booked_value == Money::rand(1430));
  backend.step(withdrawn, Status::approved);
  backend.step(withdrawn, Status::submitted);
  CHECK(overview().booked_value == Money::rand(1430));
  CHECK(overview().gross_value == Money::rand(3 * 1430));
}

TEST_CASE("without bookings every week, item and duration is there with nothing in it") {
  Shop shop(each_engine());
  const Statistics statistics = shop.statistics();
  CHECK(text_of(statistics.weeks) == "2026-11-02 0 0, 2026-11-09 0 0, 2026-11-16 0 0, ");
  REQUIRE(statistics.items.size() == 5);
  CHECK(statistics.items[0].type == "bed");
  CHECK(statistics.items[0].label == "Bed");
  CHECK(count_of(statistics, "suitcase") == 0);
  REQUIRE(statistics.durations.size() == 12);
  CHECK(statistics.durations[0].duration_months == 1);
  CHECK(statistics.durations[11].duration_months == 12);
  CHECK(statistics.durations[11].count == 0);
}

TEST_CASE("a booking counts in the week it was made, its money in the week it was paid") {
  Shop shop(each_engine());
  // It is Sunday evening in Pretoria, with a booking on each side of midnight there.
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
  Shop shop(each_engine());
  shop.store.transact([&](Tx& tx) {
    for (int i = 0; i < 4; ++i) {
      shop.bookings.create(tx, a_draft(), staff);
      shop.clock.advance(std::chrono::hours(5));
    }
  });
  // The bookings are of 10:00, 15:00 and 20:00 on Sunday, and of 1:00 on Monday.
  CHECK(text_of(shop.statistics(2).weeks) == "2026-11-16 3 0, 2026-11-23 1 0, ");
}

TEST_CASE("items and durations are counted over all bookings, whatever became of them") {
  Shop shop(each_engine());
  shop.book(3, {{.type = "box"}, {.type = "box"}, {.type = "bed"}});
  const std::string cancelled = shop.book(12, {{.type = "box"}});
  shop.store.transact([&](Tx& tx) {
    shop.bookings.change_status(tx, cancelled, {.to = Status::cancelled}, staff);
  });
  const Statistics statistics = shop.statistics();
  CHECK(count_of(statistics, "box") == 3);
  CHECK(count_of(statistics, "bed") == 1);
  CHECK(count_of(statistics, "fridge") == 0);
  CHECK(statistics.durations[2].count == 1);
  CHECK(statistics.durations[11].count == 1);
}

TEST_CASE("each of many bookings is counted and found once its commit is done") {
  Shop shop(each_engine());
  const auto count_all = [&] {
    const Statistics statistics = shop.statistics();
    std::int64_t of_weeks = 0;
    for (const auto& week : statistics.weeks) of_weeks += week.bookings;
    CHECK(statistics.durations[2].count == of_weeks);
    CHECK(count_of(statistics, "box") == of_weeks);
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

TEST_CASE("a booking whose unit of work fails is counted nowhere") {
  Shop shop(each_engine());
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
  CHECK(count_of(statistics, "box") == 2);
  CHECK(statistics.durations[2].count == 2);
}
