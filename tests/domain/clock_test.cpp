#include "domain/clock.h"

#include <catch2/catch_test_macros.hpp>

#include "support.h"

using namespace hss::domain;

TEST_CASE("times are RFC 3339 in UTC with milliseconds") {
  const Instant instant = hss::test::TestClock::start + std::chrono::milliseconds(7);
  CHECK(to_rfc3339(instant) == "2026-11-22T08:00:00.007Z");
  CHECK(to_date(instant) == "2026-11-22");
}

TEST_CASE("a week is its Monday in South Africa, where the day begins two hours before UTC's") {
  using namespace std::chrono;
  const auto week = [](year_month_day day, milliseconds time) {
    return to_week(Instant(sys_days(day)) + time);
  };
  CHECK(week(2026y / 11 / 22, 8h) == "2026-11-16");
  CHECK(week(2026y / 11 / 22, 22h - 1ms) == "2026-11-16");
  CHECK(week(2026y / 11 / 22, 22h) == "2026-11-23");
  CHECK(week(2026y / 11 / 23, 0h) == "2026-11-23");
  CHECK(week(2027y / 1 / 3, 0h) == "2026-12-28");
  CHECK(week(2024y / 2 / 29, 0h) == "2024-02-26");
}

TEST_CASE("a calendar date is a day that exists") {
  for (const char* date : {"2026-12-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    INFO(date);
    CHECK(is_calendar_date(date));
  }
  for (const char* date : {"", "2026-2-1", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
                           "2026-04-31", "2026-04-00", "2026/04/30", "2026-04-30 ", "20260430",
                           "+026-04-30", "2026-04-3O", "２０２６-04-30", "0000-01-01"}) {
    INFO(date);
    CHECK_FALSE(is_calendar_date(date));
  }
}

TEST_CASE("a clock that never goes back goes on where its own is set back") {
  hss::test::TestClock clock;
  const Clock time = never_back(clock.clock());
  const Instant start = time();
  CHECK(start == clock.now());
  clock.advance(std::chrono::seconds(5));
  CHECK(time() - start == std::chrono::seconds(5));
  clock.advance(-std::chrono::hours(24));
  CHECK(time() - start == std::chrono::seconds(5));
  clock.advance(std::chrono::seconds(2));
  CHECK(time() - start == std::chrono::seconds(7));
}
