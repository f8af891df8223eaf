#include "domain/calendar/holidays.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

using namespace hss::domain;

TEST_CASE("Good Friday and Family Day move with Easter") {
  // Good Friday and the Monday after it, by the almanac.
  const std::map<int, std::pair<std::string, std::string>> easters{
      {2026, {"2026-04-03", "2026-04-06"}}, {2027, {"2027-03-26", "2027-03-29"}},
      {2028, {"2028-04-14", "2028-04-17"}}, {2029, {"2029-03-30", "2029-04-02"}},
      {2030, {"2030-04-19", "2030-04-22"}}, {2031, {"2031-04-11", "2031-04-14"}},
      {2032, {"2032-03-26", "2032-03-29"}}, {2033, {"2033-04-15", "2033-04-18"}},
      {2034, {"2034-04-07", "2034-04-10"}}, {2035, {"2035-03-23", "2035-03-26"}}};
  for (const auto& [year, days] : easters) {
    INFO(year);
    CHECK(find_public_holiday(days.first) == "Good Friday");
    CHECK(find_public_holiday(days.second) == "Family Day");
  }
}

TEST_CASE("a holiday on a Sunday makes the Monday after it one, too") {
  const std::map<std::string, std::string> mondays{
      {"2026-08-10", "National Women's Day (observed)"},
      {"2027-03-22", "Human Rights Day (observed)"},
      {"2027-12-27", "Day of Goodwill (observed)"},
      {"2028-01-03", ""},
      {"2029-04-30", ""},
      {"2030-06-17", "Youth Day (observed)"},
      {"2031-04-28", "Freedom Day (observed)"},
      {"2032-03-22", "Human Rights Day (observed)"},
      {"2034-01-02", "New Year's Day (observed)"},
      {"2035-09-24", "Heritage Day"}};
  for (const auto& [date, name] : mondays) {
    INFO(date);
    CHECK(find_public_holiday(date).value_or("") == name);
  }
}

TEST_CASE("where Christmas is a Sunday the Monday is the Day of Goodwill already") {
  CHECK(find_public_holiday("2033-12-25") == "Christmas Day");
  CHECK(find_public_holiday("2033-12-26") == "Day of Goodwill");
  CHECK_FALSE(find_public_holiday("2033-12-27").has_value());
}

TEST_CASE("each year has its twelve holidays, once each and in order") {
  for (int year = 2026; year <= 2035; ++year) {
    INFO(year);
    const auto holidays = public_holidays(year);
    const auto observed = std::count_if(
        holidays.begin(), holidays.end(),
        [](const Holiday& holiday) { return holiday.name.find("observed") != std::string::npos; });
    CHECK(static_cast<long>(holidays.size()) - observed == 12);
    CHECK(std::adjacent_find(holidays.begin(), holidays.end(),
                             [](const Holiday& one, const Holiday& other) {
                               return one.date >= other.date;
                             }) == holidays.end());
  }
}

TEST_CASE("the holidays of 2026 to 2035 are these, day by day") {
  // By the Act and the almanac; what is observed on a Monday is among them.
  const std::map<int, std::string> years{
      {2026, "01-01 03-21 04-03 04-06 04-27 05-01 06-16 08-09 08-10 09-24 12-16 12-25 12-26"},
      {2027, "01-01 03-21 03-22 03-26 03-29 04-27 05-01 06-16 08-09 09-24 12-16 12-25 12-26 12-27"},
      {2028, "01-01 03-21 04-14 04-17 04-27 05-01 06-16 08-09 09-24 09-25 12-16 12-25 12-26"},
      {2029, "01-01 03-21 03-30 04-02 04-27 05-01 06-16 08-09 09-24 12-16 12-17 12-25 12-26"},
      {2030, "01-01 03-21 04-19 04-22 04-27 05-01 06-16 06-17 08-09 09-24 12-16 12-25 12-26"},
      {2031, "01-01 03-21 04-11 04-14 04-27 04-28 05-01 06-16 08-09 09-24 12-16 12-25 12-26"},
      {2032, "01-01 03-21 03-22 03-26 03-29 04-27 05-01 06-16 08-09 09-24 12-16 12-25 12-26 12-27"},
      {2033, "01-01 03-21 04-15 04-18 04-27 05-01 05-02 06-16 08-09 09-24 12-16 12-25 12-26"},
      {2034, "01-01 01-02 03-21 04-07 04-10 04-27 05-01 06-16 08-09 09-24 09-25 12-16 12-25 12-26"},
      {2035, "01-01 03-21 03-23 03-26 04-27 05-01 06-16 08-09 09-24 12-16 12-17 12-25 12-26"}};
  for (const auto& [year, expected] : years) {
    INFO(year);
    std::string days;
    for (const Holiday& holiday : public_holidays(year)) {
      CHECK(holiday.date.substr(0, 5) == std::to_string(year) + "-");
      days.append(days.empty() ? "" : " ").append(holiday.date.substr(5));
    }
    CHECK(days == expected);
  }
}
