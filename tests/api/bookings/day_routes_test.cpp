// The stops of a day: success, invalid, forbidden, and how long an answer holds.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"

using namespace hss::test;

namespace {

const std::string path = "/api/v1/staff/day";

Json day_of(const Api& api, const std::string& query = "") {
  const auto response = api.get(path + query, "staff");
  REQUIRE(response.status == 200);
  return body_of(response);
}

}  // namespace

TEST_CASE("GET /staff/day has each stop with its booking, items, and what is owed") {
  const Api api;
  Json body = booking_body();
  body["pickup_date"] = "2026-12-01";
  body["pickup_window"] = "08:00 – 11:00";
  const std::string id = body_of(api.post("/api/v1/bookings", body.dump()))["booking_id"];
  const Json booking = body_of(api.get("/api/v1/bookings/" + id));
  Json day = day_of(api, "?date=2026-12-01");
  CHECK(day["date"] == "2026-12-01");
  CHECK(day["today"] == "2026-11-22");
  CHECK_FALSE(day.contains("closed"));
  CHECK(day["is_complete"] == true);
  CHECK(day["totals"]["stops"] == 1);
  CHECK(day["totals"]["done"] == 0);
  std::size_t items = 0;
  for (const Json& of_type : day["totals"]["items"]) items += of_type["count"].get<std::size_t>();
  CHECK(items == booking["items"].size());
  REQUIRE(day["windows"].size() == 3);
  const Json& window = day["windows"][0];
  CHECK(window["window"] == "08:00 – 11:00");
  CHECK(window["starts"] == "08:00");
  CHECK(window["ends"] == "11:00");
  CHECK(window["pickups"] == Json{{"capacity", nullptr}, {"free", nullptr}});
  Json stop = window["stops"].at(0);
  for (const auto& [name, value] : booking.items()) {
    if (name != "request_id") CHECK(stop["booking"][name] == value);
  }
  stop.erase("booking");
  CHECK(stop == Json{{"kind", "pickup"},
                     {"photos", Json::array()},
                     {"owed", booking["total"]},
                     {"is_ready", false},
                     {"is_done", false},
                     {"next_step", "approved"}});
}

TEST_CASE("GET /staff/day gives the ids of photos and no address of one") {
  const Api api;
  Json body = booking_body();
  body["pickup_date"] = "2026-12-01";
  const Json upload = api.upload();
  body["items"][0]["s3Key"] = upload["s3_key"];
  REQUIRE(api.post("/api/v1/bookings", body.dump()).status == 201);
  const auto response = api.get(path + "?date=2026-12-01", "staff");
  const Json day = body_of(response);
  Json found = Json::array();
  for (const Json& window : day["windows"]) {
    for (const Json& stop : window["stops"]) found = stop["photos"];
  }
  CHECK(found == Json::array({upload["upload_id"]}));
  CHECK(std::string(response.content()).find("signature=") == std::string::npos);
}

TEST_CASE("GET /staff/day is for staff, and refuses what is no date") {
  const Api api;
  CHECK(api.get(path, "admin").status == 200);
  const auto rejected = api.get(path);
  CHECK(rejected.status == 403);
  CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin', 'staff']"});
  for (const char* date : {"", "today", "2026-02-30", "2026-12-1"}) {
    INFO(date);
    const auto response = api.get(path + "?date=" + date, "staff");
    CHECK(response.status == 400);
    CHECK(details_of(response) ==
          std::vector<std::string>{"date must be a calendar date as YYYY-MM-DD"});
  }
}

TEST_CASE("today is South Africa's, and an answer does not outlive it") {
  Api api;
  const auto etag_of = [&](const std::string& query) {
    return header_of(api.get(path + query, "staff"), "ETag");
  };
  const auto again = [&](const std::string& query, const std::string& etag) {
    return api.send("GET", path + query, "", {{"X-HSS-Role", "staff"}, {"If-None-Match", etag}});
  };
  const std::string etag = etag_of(""), of_date = etag_of("?date=2026-11-22");
  // The clock goes from Sunday 10:00 in Pretoria to Monday, which is Sunday still in UTC.
  api.clock.advance(std::chrono::hours(14) - std::chrono::milliseconds(1));
  CHECK(again("", etag).status == 304);
  CHECK(day_of(api)["date"] == "2026-11-22");
  api.clock.advance(std::chrono::milliseconds(1));
  const auto next = again("", etag);
  CHECK(next.status == 200);
  CHECK(body_of(next)["date"] == "2026-11-23");
  CHECK(body_of(again("?date=2026-11-22", of_date))["today"] == "2026-11-23");
}

TEST_CASE("an ETag of a day ends with any step of a booking") {
  const Api api;
  const std::string id = api.booking();
  const std::string etag = header_of(api.get(path, "staff"), "ETag");
  api.patch("/api/v1/bookings/" + id + "/status", R"({"status":"approved"})");
  CHECK(header_of(api.get(path, "staff"), "ETag") != etag);
}

TEST_CASE("what is overdue is on today's page and in the overview, from the next day on") {
  Api api;
  const std::string id = api.booking("in_storage");
  const auto overdue = [&] {
    return body_of(api.get("/api/v1/admin/overview", "admin"))["overdue"];
  };
  CHECK(day_of(api)["overdue"] == Json::array());
  CHECK(overdue() == 0);
  // Collected on 22 November for three months.
  api.clock.advance(std::chrono::hours(24) * 92);
  CHECK(day_of(api)["overdue_count"] == 0);
  CHECK(overdue() == 0);
  api.clock.advance(std::chrono::hours(24));
  const Json day = day_of(api);
  REQUIRE(day["overdue"].size() == 1);
  CHECK(day["overdue"][0]["id"] == id);
  CHECK(day["overdue"][0]["due_on"] == "2027-02-22");
  CHECK(day["overdue_count"] == 1);
  CHECK(overdue() == 1);
  CHECK(day_of(api, "?date=2027-02-24")["overdue_count"] == 0);
}

TEST_CASE("GET /staff/day has a return as a stop of its kind") {
  const Api api;
  const std::string id = api.booking("in_storage");
  const auto asked = api.send("PATCH", "/api/v1/bookings/" + id,
                              R"({"return_date":"2026-12-20","return_method":"collect_at_store"})",
                              {{"X-HSS-Role", "customer"}});
  REQUIRE(asked.status == 200);
  const Json day = day_of(api, "?date=2026-12-20");
  const Json& window = day["windows"].back();
  CHECK(window["window"] == "");
  CHECK_FALSE(window.contains("starts"));
  const Json& stop = window["stops"].at(0);
  CHECK(stop["kind"] == "return");
  CHECK(stop["booking"]["id"] == id);
  CHECK(stop["booking"]["return_method"] == "collect_at_store");
  CHECK(stop["is_ready"] == true);
  CHECK(stop["next_step"] == "returned");
}
