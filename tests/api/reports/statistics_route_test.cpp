#include <catch2/catch_test_macros.hpp>

#include "api/api_fixture.h"

using namespace hss::test;

TEST_CASE("GET /admin/statistics tells of weeks, items and durations") {
  Api api;
  api.booking("paid");
  api.clock.advance(std::chrono::hours(7 * 24));
  api.booking();
  const auto response = api.get("/api/v1/admin/statistics?weeks=3", "admin");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["weeks"] == Json::parse(R"([{"week":"2026-11-09","bookings":0,"revenue":0},
                                          {"week":"2026-11-16","bookings":1,"revenue":1280},
                                          {"week":"2026-11-23","bookings":1,"revenue":0}])"));
  CHECK(body["items"] == Json::parse(R"([{"type":"bed","label":"Bed","count":2},
                                          {"type":"box","label":"Box","count":2},
                                          {"type":"fridge","label":"Fridge","count":0},
                                          {"type":"other","label":"Other item","count":0},
                                          {"type":"suitcase","label":"Suitcase","count":0}])"));
  REQUIRE(body["durations"].size() == 12);
  CHECK(body["durations"][2] == Json::parse(R"({"duration_months":3,"count":2})"));
  CHECK(body["durations"][11] == Json::parse(R"({"duration_months":12,"count":0})"));
  CHECK(body["request_id"] == header_of(response, "X-Request-Id"));
}

TEST_CASE("GET /admin/statistics gives twelve weeks, or as many as asked, from 1 to 104") {
  const Api api;
  const auto weeks = [&](const std::string& query) {
    return body_of(api.get("/api/v1/admin/statistics" + query, "admin"))["weeks"].size();
  };
  CHECK(weeks("") == 12);
  CHECK(weeks("?weeks=5") == 5);
  CHECK(weeks("?weeks=0") == 1);
  CHECK(weeks("?weeks=105") == 104);
  for (const char* query : {"-1", "x", "", "1.5", "9999999999"}) {
    INFO(query);
    const auto response = api.get(std::string("/api/v1/admin/statistics?weeks=") + query, "admin");
    CHECK(response.status == 400);
    CHECK(details_of(response) ==
          std::vector<std::string>{"weeks must be a whole number from 0 to 999999999"});
  }
}

TEST_CASE("GET /admin/statistics is for administrators") {
  const Api api;
  CHECK(api.get("/api/v1/admin/statistics", "customer").status == 403);
  const auto rejected = api.get("/api/v1/admin/statistics", "staff");
  CHECK(rejected.status == 403);
  CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin']"});
}
