#include "domain/calendar/calendar.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "domain/calendar/slots.h"

using namespace hss::domain;

namespace {

const Hours morning{"08:00", "11:00"};

/// Monday to Friday, eight o'clock to eleven.
Calendar weekdays_only() {
  Calendar calendar{.version = 1};
  for (int day = 0; day < 5; ++day) {
    calendar.windows.push_back({static_cast<Weekday>(day), {.hours = morning}});
  }
  return calendar;
}

std::string reason_of(const Calendar& calendar, const std::string& date, const std::string& now) {
  const auto closure = find_closure(calendar, date, morning, from_rfc3339(now));
  return closure ? std::string(to_text(closure->reason)) : "open";
}

constexpr const char* monday_morning_utc = "2026-11-30T06:00:00.000Z";  // when the window begins

}  // namespace

TEST_CASE("hours are found in what a person may write") {
  for (const char* text : {"08:00 – 11:00", "08:00-11:00", "08:00 - 11:00", "08:00—11:00"}) {
    INFO(text);
    CHECK(find_hours(text) == morning);
  }
  for (const char* text : {"", "morning", "8:00 – 11:00", "08:00 – 25:00", "11:00 – 08:00",
                           "08:00 – 08:00", "08:00 11:00", "08:60 – 11:00", "08:00 – 11:00x"}) {
    INFO(text);
    CHECK_FALSE(find_hours(text).has_value());
  }
}

TEST_CASE("a day has the windows of its weekday, of its own, or none") {
  Calendar calendar = weekdays_only();
  calendar.exceptions = {
      {.date = "2026-12-02", .closed = "Stocktaking", .windows = {}},
      {.date = "2026-12-05", .closed = "", .windows = {{.hours = {"09:00", "12:00"}}}},
      {.date = "2026-12-16", .closed = "", .windows = {{.hours = morning}}}};
  CHECK(calendar.windows_on("2026-12-01").size() == 1);
  CHECK(calendar.windows_on("2026-12-02").empty());
  CHECK(calendar.why_closed("2026-12-02") == "Stocktaking");
  REQUIRE(calendar.windows_on("2026-12-05").size() == 1);
  CHECK(calendar.windows_on("2026-12-05").front().hours == Hours{"09:00", "12:00"});
  CHECK(calendar.windows_on("2026-12-06").empty());
  CHECK(calendar.why_closed("2026-12-06") == "Closed on this day of the week");
  CHECK(calendar.why_closed("2026-12-25") == "Christmas Day");
  CHECK(calendar.why_closed("2026-12-16").empty());
  calendar.closed_on_holidays = false;
  CHECK(calendar.why_closed("2026-12-25").empty());
}

TEST_CASE("a window closes when its time has come, by South Africa's clock") {
  const Calendar calendar = weekdays_only();
  CHECK(reason_of(calendar, "2026-11-30", "2026-11-30T05:59:59.999Z") == "open");
  CHECK(reason_of(calendar, "2026-11-30", monday_morning_utc) == "past");
  CHECK(reason_of(calendar, "2026-11-29", monday_morning_utc) == "past");
}

TEST_CASE("so many hours before a window begins it can be booked no more, also over midnight") {
  Calendar calendar = weekdays_only();
  calendar.lead_hours = 12;
  // The window of Tuesday begins at 8:00, which is 6:00 in UTC; twelve hours before it is Monday,
  // 20:00.
  CHECK(reason_of(calendar, "2026-12-01", "2026-11-30T18:00:00.000Z") == "open");
  CHECK(reason_of(calendar, "2026-12-01", "2026-11-30T18:00:00.001Z") == "lead");
  CHECK(reason_of(calendar, "2026-12-01", "2026-11-30T22:30:00.000Z") == "lead");
  CHECK(reason_of(calendar, "2026-12-01", "2026-12-01T06:00:00.000Z") == "past");
}

TEST_CASE(
    "a season has its first and last day, and the horizon counts from today in South Africa") {
  Calendar calendar = weekdays_only();
  calendar.first_day = "2026-12-01";
  calendar.last_day = "2026-12-04";
  CHECK(reason_of(calendar, "2026-11-30", "2026-11-01T06:00:00.000Z") == "season");
  CHECK(reason_of(calendar, "2026-12-01", "2026-11-01T06:00:00.000Z") == "open");
  CHECK(reason_of(calendar, "2026-12-04", "2026-11-01T06:00:00.000Z") == "open");
  CHECK(reason_of(calendar, "2026-12-07", "2026-11-01T06:00:00.000Z") == "season");
  calendar = weekdays_only();
  calendar.horizon_days = 7;
  CHECK(reason_of(calendar, "2026-12-07", "2026-11-29T21:59:59.000Z") == "horizon");
  CHECK(reason_of(calendar, "2026-12-07", "2026-11-29T22:00:00.000Z") == "open");
}

TEST_CASE("a day's hours that it does not have are closed") {
  Calendar calendar = weekdays_only();
  CHECK(find_closure(calendar, "2026-12-01", {"14:00", "17:00"}, from_rfc3339(monday_morning_utc))
            ->reason == Closure::Reason::closed);
  CHECK(reason_of(calendar, "2026-12-05", monday_morning_utc) == "closed");
  CHECK(reason_of(calendar, "2026-12-25", monday_morning_utc) == "closed");
}

TEST_CASE("a window counts pickups and returns against each of its limits") {
  struct Case {
    Window window;
    int pickups, returns;
    std::optional<int> free_for_pickup, free_for_return;
    int over = 0;
  };
  const std::vector<Case> cases{
      {{.hours = morning}, 50, 50, std::nullopt, std::nullopt},
      {{.hours = morning, .capacity = 5}, 2, 1, 2, 2},
      {{.hours = morning, .pickup_capacity = 3}, 2, 9, 1, std::nullopt},
      {{.hours = morning, .capacity = 5, .return_capacity = 1}, 2, 1, 2, 0},
      {{.hours = morning, .capacity = 5, .pickup_capacity = 4}, 4, 0, 0, 1},
      {{.hours = morning, .capacity = 0}, 0, 0, 0, 0},
      {{.hours = morning, .capacity = 2}, 3, 1, 0, 0, 2},
  };
  const Instant now = from_rfc3339(monday_morning_utc);
  for (const Case& one : cases) {
    Calendar calendar{.version = 1, .windows = {{Weekday::tuesday, one.window}}};
    const Place pickup{"2026-12-01", morning, PlaceKind::pickup};
    const Place handback{"2026-12-01", morning, PlaceKind::handback};
    const TakenPlaces taken{{pickup, one.pickups}, {handback, one.returns}};
    CHECK(count_free(calendar, pickup, taken) == one.free_for_pickup);
    CHECK(count_free(calendar, handback, taken) == one.free_for_return);
    const SlotDay day = slots_on(calendar, pickup.date, PlaceKind::pickup, taken, now);
    REQUIRE(day.slots.size() == 1);
    CHECK(day.slots[0].free == one.free_for_pickup);
    CHECK(day.slots[0].over == one.over);
  }
}

TEST_CASE("until a calendar is saved every day has three windows, and none of them closes") {
  const Calendar calendar = default_calendar();
  for (const char* date : {"2020-01-01", "2026-12-25", "2026-12-06"}) {
    const SlotDay day =
        slots_on(calendar, date, PlaceKind::pickup, {}, from_rfc3339(monday_morning_utc));
    CHECK(day.closed.empty());
    REQUIRE(day.slots.size() == 3);
    for (const Slot& slot : day.slots) CHECK_FALSE(slot.closure.has_value());
    CHECK(to_text(day.slots.front().hours) == "08:00 – 11:00");
  }
}

TEST_CASE("days that no clock reaches are far away, and nothing else") {
  Calendar calendar = weekdays_only();
  CHECK(reason_of(calendar, "9999-12-31", monday_morning_utc) == "open");
  CHECK(reason_of(calendar, "2263-01-03", monday_morning_utc) == "closed");
  CHECK(reason_of(calendar, "0001-01-01", monday_morning_utc) == "past");
  CHECK(add_days("9999-12-30", 1) == "9999-12-31");
  CHECK(add_days("9999-12-30", 40) == "9999-12-31");
  CHECK(slots_on(calendar, "9999-12-31", PlaceKind::pickup, {}, from_rfc3339(monday_morning_utc))
            .slots.size() == 1);
  calendar.lead_hours = 24;
  CHECK(reason_of(calendar, "9999-12-31", monday_morning_utc) == "open");
}

TEST_CASE("days are added over the ends of months and years") {
  CHECK(add_days("2026-12-31", 1) == "2027-01-01");
  CHECK(add_days("2028-02-28", 1) == "2028-02-29");
  CHECK(add_days("2026-03-01", -1) == "2026-02-28");
}

TEST_CASE("a lead ends by South Africa's clock, over midnight, weekends, months and years") {
  struct Row {
    int lead_hours;
    const char* date;
    const char* last_moment;  ///< at which the window of 8 to 11 can be booked, or left
  };
  const std::vector<Row> rows{
      // 8:00 there is 6:00 in UTC, and midnight there is 22:00 of the day before.
      {0, "2026-12-01", "2026-12-01T06:00:00.000Z"},
      {7, "2026-12-01", "2026-11-30T23:00:00.000Z"},
      {8, "2026-12-01", "2026-11-30T22:00:00.000Z"},
      {9, "2026-12-01", "2026-11-30T21:00:00.000Z"},
      {24, "2026-12-01", "2026-11-30T06:00:00.000Z"},
      {32, "2026-12-01", "2026-11-29T22:00:00.000Z"},
      {48, "2026-12-07", "2026-12-05T06:00:00.000Z"},
      {12, "2027-01-01", "2026-12-31T18:00:00.000Z"},
      {12, "2028-03-01", "2028-02-29T18:00:00.000Z"},
      {12, "2027-03-01", "2027-02-28T18:00:00.000Z"},
      {744, "2027-01-31", "2026-12-31T06:00:00.000Z"}};
  for (const Row& row : rows) {
    INFO(row.lead_hours << " hours before " << row.date);
    const Calendar calendar{.lead_hours = row.lead_hours};
    const Instant last = from_rfc3339(row.last_moment);
    CHECK_FALSE(is_past_lead(calendar, row.date, morning, last));
    CHECK(is_past_lead(calendar, row.date, morning, last + std::chrono::milliseconds(1)));
    CHECK_FALSE(is_past_lead(calendar, row.date, morning, last - std::chrono::milliseconds(1)));
  }
}
