#include "samples/season.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "domain/calendar/slots.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss;
using namespace hss::test;

namespace {

/// Also covers the two hours in which it is tomorrow in South Africa, and short months.
domain::Instant any_time() {
  using namespace std::chrono_literals;
  return TestClock::start + GENERATE(0h, 15h, 24h * 9, 24h * 98, 24h * 129 + 20h);
}

/// The demo's data as of `now`.
class FilledSeason {
 public:
  explicit FilledSeason(domain::Instant now) { samples::fill_season(store_, now); }

  std::vector<domain::Booking> bookings() {
    return store_.read(
        [](domain::Reader& reader) { return reader.bookings().list({}, {.limit = 200}).rows; });
  }
  /// Of the days from so many ahead on.
  std::vector<domain::SlotDay> slots(int from, int to, domain::Instant now) {
    const std::string today = domain::to_day(now);
    const std::string first = domain::add_days(today, from), last = domain::add_days(today, to);
    return store_.read([&](domain::Reader& reader) {
      const auto calendar = reader.calendar().find().value();
      const auto taken = reader.calendar().taken(first, last);
      std::vector<domain::SlotDay> days;
      for (int day = from; day <= to; ++day) {
        days.push_back(domain::slots_on(calendar, domain::add_days(today, day),
                                        domain::PlaceKind::pickup, taken, now));
      }
      return days;
    });
  }

 private:
  storage::SqliteStore store_{":memory:", [](const std::string&) {}};
};

}  // namespace

TEST_CASE("on any day the demo's season has pickups of today, one late and one return overdue") {
  const domain::Instant now = any_time();
  const std::string today = domain::to_day(now);
  INFO(today);
  int pickups = 0;
  int late = 0;
  int overdue = 0;
  for (const auto& booking : FilledSeason(now).bookings()) {
    using enum domain::Status;
    const bool is_to_come =
        booking.status == submitted || booking.status == approved || booking.status == paid;
    if (is_to_come && booking.pickup_date == today) ++pickups;
    if (is_to_come && booking.pickup_date < today) ++late;
    if (booking.status == in_storage && booking.due_on() < today) ++overdue;
  }
  CHECK(pickups == 3);
  CHECK(late == 1);
  CHECK(overdue == 1);
}

TEST_CASE("on any day the demo's season brings three bookings back, and missed one yesterday") {
  const domain::Instant now = any_time();
  const std::string today = domain::to_day(now);
  INFO(today);
  std::vector<std::string> windows;
  int failed = 0;
  for (const auto& booking : FilledSeason(now).bookings()) {
    if (booking.failed_trips > 0) {
      ++failed;
      CHECK(booking.needs_new_date);
      CHECK(booking.pickup_date == domain::add_days(today, -1));
    }
    if (!booking.handback) continue;
    CHECK(booking.status == domain::Status::in_storage);
    CHECK(booking.handback->date == today);
    windows.push_back(booking.handback->window);
  }
  std::sort(windows.begin(), windows.end());
  CHECK(windows == std::vector<std::string>{"", "11:00 – 14:00", "14:00 – 17:00"});
  CHECK(failed == 1);
}

TEST_CASE("on any day the demo's calendar has two full windows and a closed day, all soon") {
  const domain::Instant now = any_time();
  INFO(domain::to_day(now));
  FilledSeason season(now);
  int full = 0, closed = 0;
  for (const domain::SlotDay& day : season.slots(1, 6, now)) {
    if (!day.closed.empty()) ++closed;
    for (const domain::Slot& slot : day.slots) {
      CHECK_FALSE(slot.closure.has_value());
      CHECK(slot.over == 0);
      if (slot.free == 0) ++full;
    }
  }
  CHECK(full == 2);
  CHECK(closed == 1);
  // Whoever books further ahead, as a client of the reference may, meets neither.
  for (const domain::SlotDay& day : season.slots(7, 400, now)) {
    CHECK(day.slots.size() == 3);
    for (const domain::Slot& slot : day.slots) {
      if (slot.closure || slot.free.value_or(0) < 20) FAIL(day.date << " is hard to book");
    }
  }
}

TEST_CASE("the demo's season has bookings in every state, dated around today, the same each time") {
  const auto fill = [] {
    storage::SqliteStore store(":memory:", [](const std::string&) {});
    samples::fill_season(store, TestClock::start);
    return store.read([](domain::Reader& reader) {
      for (const auto& row : reader.reports().overview().by_status) {
        INFO(domain::to_text(row.status));
        CHECK(row.count >= 3);
      }
      std::string text;
      const std::string now = domain::to_rfc3339(TestClock::start);
      for (const auto& booking : reader.bookings().list({}, {.limit = 200}).rows) {
        text += booking.id + booking.customer_name + booking.email + booking.address +
                booking.pickup_date + booking.created_at + booking.updated_at +
                std::to_string(booking.price.total.cents);
        CHECK(booking.updated_at < now);
        if (booking.status == domain::Status::submitted) CHECK(booking.pickup_date > "2026-11-22");
      }
      CHECK(reader.reports().overview().total_bookings == 60);
      return text;
    });
  };
  CHECK(fill() == fill());
}
