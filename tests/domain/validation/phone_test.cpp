#include "domain/validation/phone.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

TEST_CASE("a telephone number has one form in E.164, however it is typed") {
  const std::vector<std::pair<std::string, std::string>> numbers{
      {"082 555 0123", "+27825550123"},
      {"0825550123", "+27825550123"},
      {"082-555-0123", "+27825550123"},
      {"(082) 555.0123", "+27825550123"},
      {"+27 82 555 0123", "+27825550123"},
      {"+27 (0)82 555 0123", "+27825550123"},
      {"+27 082 555 0123", "+27825550123"},
      {"0027 82 555 0123", "+27825550123"},
      {"27825550123", "+27825550123"},
      {"012 420 3111", "+27124203111"},
      {"+44 20 7946 0958", "+442079460958"},
      {"0044 20 7946 0958", "+442079460958"},
      // What leaves its country, or some of its digits, open.
      {"82 555 0123", ""},
      {"555 0123", ""},
      {"082 555 012", ""},
      {"+27 82 555 012", ""},
      {"+0 555 0123 999", ""},
      {"", ""},
  };
  for (const auto& [typed, e164] : numbers) {
    INFO(typed);
    CHECK(hss::domain::to_e164(typed) == e164);
  }
}
