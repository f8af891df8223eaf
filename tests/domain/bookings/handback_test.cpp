#include "domain/bookings/handback.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/bookings/booking.h"

using namespace hss::domain;

TEST_CASE("so many months after a date is its day of the month, or the month's last") {
  struct Row {
    std::string date;
    int months;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"2026-12-01", 1, "2027-01-01"},  {"2026-12-01", 12, "2027-12-01"},
      {"2026-11-30", 3, "2027-02-28"},  {"2027-11-30", 3, "2028-02-29"},
      {"2026-10-31", 1, "2026-11-30"},  {"2026-08-31", 6, "2027-02-28"},
      {"2026-12-31", 2, "2027-02-28"},  {"2026-12-31", 4, "2027-04-30"},
      {"2026-12-31", 12, "2027-12-31"}, {"2028-02-29", 12, "2029-02-28"},
      {"2028-01-31", 1, "2028-02-29"},  {"2026-12-15", 5, "2027-05-15"},
      {"9999-06-15", 12, "9999-12-31"}, {"0001-01-31", 1, "0001-02-28"},
  };
  for (const Row& row : rows) {
    INFO(row.date << " and " << row.months);
    CHECK(add_months(row.date, row.months) == row.expected);
  }
}

TEST_CASE("items are due by the planned pickup until they are collected, then by the day of that") {
  Booking booking;
  booking.pickup_date = "2026-11-30";
  booking.price.duration_months = 3;
  CHECK(booking.due_on() == "2027-02-28");
  booking.collected_on = "2026-12-02";
  CHECK(booking.due_on() == "2027-03-02");
}

TEST_CASE("every month's last day leads to a last day, or to the day of its number") {
  // From the last day of each month of two years, by one to twelve months.
  const std::vector<int> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto days_of = [&](int year, int month) {
    return month == 2 && year % 4 == 0 ? 29 : lengths[static_cast<std::size_t>(month - 1)];
  };
  const auto text = [](int year, int month, int day) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(year) + "-" + two(month) + "-" + two(day);
  };
  for (const int year : {2026, 2027, 2028}) {
    for (int month = 1; month <= 12; ++month) {
      const int day = days_of(year, month);
      for (int months = 1; months <= 12; ++months) {
        const int to_year = year + (month + months - 1) / 12;
        const int to_month = (month + months - 1) % 12 + 1;
        const std::string from = text(year, month, day);
        INFO(from << " and " << months);
        CHECK(add_months(from, months) ==
              text(to_year, to_month, std::min(day, days_of(to_year, to_month))));
      }
    }
  }
}
