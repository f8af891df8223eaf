#include "samples/season.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>

#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss;
using namespace hss::test;

TEST_CASE("on any day the demo's season has pickups of today, one late and one return overdue") {
  using namespace std::chrono_literals;
  // Also covers the two hours in which it is tomorrow in South Africa, and short months.
  const auto later = GENERATE(0h, 15h, 24h * 9, 24h * 98, 24h * 129 + 20h);
  const domain::Instant now = TestClock::start + later;
  const std::string today = domain::to_day(now);
  INFO(today);
  storage::SqliteStore store(":memory:", [](const std::string&) {});
  samples::fill_season(store, now);
  int pickups = 0;
  int late = 0;
  int overdue = 0;
  store.read([&](domain::Reader& reader) {
    for (const auto& booking : reader.bookings().list({}, {.limit = 200}).rows) {
      using enum domain::Status;
      const bool is_to_come =
          booking.status == submitted || booking.status == approved || booking.status == paid;
      if (is_to_come && booking.pickup_date == today) ++pickups;
      if (is_to_come && booking.pickup_date < today) ++late;
      if (booking.status != in_storage) continue;
      const auto number = [&](std::size_t at, std::size_t length) {
        return std::stoi(booking.pickup_date.substr(at, length));
      };
      const std::chrono::year_month due =
          std::chrono::year(number(0, 4)) / std::chrono::month(unsigned(number(5, 2))) +
          std::chrono::months(booking.price.duration_months);
      const auto day = std::min(std::chrono::day(unsigned(number(8, 2))),
                                std::chrono::year_month_day_last(due / std::chrono::last).day());
      if (domain::to_date(std::chrono::sys_days(due / day)) < today) ++overdue;
    }
  });
  CHECK(pickups == 3);
  CHECK(late == 1);
  CHECK(overdue == 1);
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
