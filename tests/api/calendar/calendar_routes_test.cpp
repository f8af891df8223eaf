// The calendar, what is free in it, and bookings that want a place.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"

using namespace hss::test;
using hss::api::Response;
using hss::domain::Role;

namespace {

const std::string calendar_path = "/api/v1/admin/calendar";

/// Tuesdays, eight to eleven, for so many.
Json tuesdays(int capacity) {
  return {{"windows", Json::array({{{"weekday", "tuesday"},
                                    {"starts", "08:00"},
                                    {"ends", "11:00"},
                                    {"capacity", capacity}}})}};
}

Response put(const Api& api, const Json& body, const std::string& role = "admin",
             const std::string& if_match = "") {
  hss::api::Fields headers{{"X-HSS-Role", role}};
  if (!if_match.empty()) headers.emplace_back("If-Match", if_match);
  return api.send("PUT", calendar_path, body.dump(), headers);
}

Json booking_on(const std::string& date, const std::string& window = "08:00 – 11:00") {
  Json body = booking_body();
  body["pickup_date"] = date;
  body["pickup_window"] = window;
  return body;
}

Response book(const Api& api, const std::string& date,
              const std::string& window = "08:00 – 11:00") {
  return api.post("/api/v1/bookings", booking_on(date, window).dump());
}

Json slots_of(const Api& api, const std::string& query) {
  const auto response = api.get("/api/v1/slots?" + query);
  REQUIRE(response.status == 200);
  return body_of(response)["days"];
}

}  // namespace

TEST_CASE("until a calendar is saved, every day has its three windows and takes any number") {
  Api api;
  const Json days = slots_of(api, "from=2026-12-25&to=2026-12-25");
  REQUIRE(days.size() == 1);
  CHECK_FALSE(days[0].contains("closed"));
  REQUIRE(days[0]["windows"].size() == 3);
  CHECK(days[0]["windows"][0] == Json{{"window", "08:00 – 11:00"},
                                      {"starts", "08:00"},
                                      {"ends", "11:00"},
                                      {"capacity", nullptr},
                                      {"free", nullptr}});
  const Json calendar = body_of(api.get(calendar_path, "admin"));
  CHECK(calendar["version"] == 0);
  CHECK(calendar["windows"].size() == 21);
  for (int i = 0; i < 5; ++i) CHECK(book(api, "2026-12-25").status == 201);
  CHECK(book(api, "2020-01-01", "at night").status == 201);
}

TEST_CASE("a calendar is saved whole, and comes back with its version and the holidays") {
  Api api;
  Json body = tuesdays(3);
  body["exceptions"] = Json::parse(R"([
    {"date": "2026-12-22", "closed": "Stocktaking"},
    {"date": "2026-12-19", "windows": [{"starts": "07:00", "ends": "12:00", "return_capacity": 2}]}])");
  body["season"] = {{"first", "2026-11-01"}, {"last", nullptr}};
  body["lead_hours"] = 24;
  body["horizon_days"] = 90;
  body["closed_on_holidays"] = false;
  body["changes_need_approval"] = false;
  const auto response = put(api, body);
  REQUIRE(response.status == 200);
  CHECK(header_of(response, "ETag") == header_of(api.get(calendar_path, "admin"), "ETag"));
  const Json saved = body_of(api.get(calendar_path, "admin"));
  CHECK(saved["version"] == 1);
  CHECK(saved["windows"][0] == Json{{"weekday", "tuesday"},
                                    {"starts", "08:00"},
                                    {"ends", "11:00"},
                                    {"capacity", 3},
                                    {"pickup_capacity", nullptr},
                                    {"return_capacity", nullptr}});
  // By date.
  CHECK(saved["exceptions"][0]["date"] == "2026-12-19");
  CHECK(saved["exceptions"][0]["windows"][0]["return_capacity"] == 2);
  CHECK(saved["exceptions"][1] == Json{{"date", "2026-12-22"}, {"closed", "Stocktaking"}});
  CHECK(saved["season"] == Json{{"first", "2026-11-01"}, {"last", nullptr}});
  CHECK(saved["lead_hours"] == 24);
  CHECK(saved["horizon_days"] == 90);
  CHECK(saved["closed_on_holidays"] == false);
  CHECK(saved["changes_need_approval"] == false);
  body.erase("changes_need_approval");
  CHECK(body_of(put(api, body))["changes_need_approval"] == true);
  CHECK(saved["holidays"].size() >= 24);
}

TEST_CASE("every fault of a calendar is told at once") {
  Api api;
  const auto response = put(api, Json::parse(R"({
    "windows": [{"weekday": "someday", "starts": "8", "ends": "11:00"},
                {"weekday": "monday", "starts": "11:00", "ends": "08:00", "capacity": -1},
                {"weekday": "friday", "starts": "08:00", "ends": "11:00"},
                {"weekday": "friday", "starts": "08:00", "ends": "11:00", "capacity": 2.5},
                7],
    "exceptions": [{"date": "2026-02-30", "closed": "X"}, {"date": "2026-12-24"}, {"closed": ""}],
    "season": {"first": "2026-12-02", "last": "2026-12-01"},
    "lead_hours": "12", "horizon_days": 0, "closed_on_holidays": "yes",
    "changes_need_approval": 1})"));
  CHECK(response.status == 400);
  const std::string all_weekdays =
      "'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'";
  CHECK(details_of(response) ==
        std::vector<std::string>{
            "windows[1].weekday must be one of [" + all_weekdays + "]",
            "windows[1].starts must be a time as HH:MM", "windows[2].ends must be after its start",
            "windows[2].capacity must be a whole number from 0 to 10000",
            "windows[4].capacity must be a whole number from 0 to 10000",
            "windows[5] must be an object",
            "exceptions[1].date must be a calendar date as YYYY-MM-DD",
            "exceptions[2] must have either the reason why it is closed, or windows",
            "exceptions[3].date is required", "exceptions[3].closed is required",
            "season.last must not be before season.first",
            "lead_hours must be a whole number from 0 to 744",
            "horizon_days must be a whole number from 1 to 730",
            "closed_on_holidays must be true or false",
            "changes_need_approval must be true or false",
            "windows must have 08:00 – 11:00 on friday once"});
  CHECK(details_of(put(api, Json::object())) == std::vector<std::string>{"windows is required"});
  CHECK(body_of(api.get(calendar_path, "admin"))["version"] == 0);
}

TEST_CASE("who has seen an older calendar does not change the newer one") {
  Api api;
  const std::string unsaved = header_of(api.get(calendar_path, "admin"), "ETag");
  REQUIRE(put(api, tuesdays(1), "admin", unsaved).status == 200);
  const auto late = put(api, tuesdays(9), "admin", unsaved);
  CHECK(late.status == 412);
  CHECK(code_of(late) == "precondition_failed");
  // Whoever lost the answer sends the same again.
  const auto again = put(api, tuesdays(1), "admin", unsaved);
  CHECK(again.status == 200);
  CHECK(body_of(again)["version"] == 1);
  CHECK(put(api, tuesdays(2), "admin", header_of(again, "ETag").substr(2)).status == 200);
  CHECK(put(api, tuesdays(3), "admin", "*").status == 200);
  CHECK(body_of(api.get(calendar_path, "admin"))["windows"][0]["capacity"] == 3);
}

TEST_CASE("the calendar is the owner's, and what is free is anybody's to see") {
  Api api;
  for (const char* role : {"customer", "staff"}) {
    CHECK(api.get(calendar_path, role).status == 403);
    CHECK(put(api, tuesdays(1), role).status == 403);
  }
  AccountsApi accounts;
  CHECK(accounts.get(calendar_path).status == 401);
  CHECK(accounts.get(calendar_path, accounts.sign_in(Role::staff)).status == 403);
  CHECK(accounts.get(calendar_path, accounts.sign_in(Role::admin)).status == 200);
  CHECK(accounts.get("/api/v1/slots").status == 200);
}

TEST_CASE("a full window is 409, and says what is free next") {
  Api api;
  put(api, tuesdays(2));
  CHECK(book(api, "2026-12-01").status == 201);
  CHECK(slots_of(api, "from=2026-12-01&to=2026-12-01")[0]["windows"][0]["free"] == 1);
  CHECK(book(api, "2026-12-01").status == 201);
  const auto full = book(api, "2026-12-01");
  CHECK(full.status == 409);
  CHECK(code_of(full) == "slot_full");
  CHECK(details_of(full) == std::vector<std::string>{"reason=full", "free=2026-12-08 08:00 – 11:00",
                                                     "free=2026-12-15 08:00 – 11:00",
                                                     "free=2026-12-22 08:00 – 11:00"});
  put(api, tuesdays(1));
  const Json slot = slots_of(api, "from=2026-12-01&to=2026-12-01")[0]["windows"][0];
  CHECK(slot["free"] == 0);
  CHECK(slot["over"] == 1);
}

TEST_CASE("a day or a time that cannot be booked is 409, with its reason") {
  Api api;
  Json body = tuesdays(9);
  body["exceptions"] = Json::parse(R"([{"date": "2026-12-22", "closed": "Stocktaking"}])");
  body["season"] = {{"last", "2027-01-31"}};
  body["lead_hours"] = 48;
  body["horizon_days"] = 60;
  put(api, body);
  struct Case {
    std::string date, reason, words, next;
  };
  // It is Sunday, 22 November. Behind what can be booked, the first of all is offered.
  const std::vector<Case> cases{
      {"2026-12-22", "closed", "Stocktaking", "2026-12-29"},
      {"2026-12-02", "closed", "Closed on this day of the week", "2026-12-08"},
      {"2026-11-17", "past", "This time is past", "2026-12-01"},
      {"2026-11-24", "lead", "Too late to book this time", "2026-12-01"},
      {"2027-01-26", "horizon", "Not open for booking yet", "2026-12-01"},
      {"2027-02-02", "season", "Outside the season", "2026-12-01"}};
  for (const Case& one : cases) {
    const auto response = book(api, one.date);
    INFO(one.date);
    CHECK(response.status == 409);
    CHECK(code_of(response) == "slot_closed");
    CHECK(details_of(response).at(0) == "reason=" + one.reason);
    CHECK(details_of(response).at(1) == "free=" + one.next + " 08:00 – 11:00");
    CHECK(body_of(response)["error"]["message"] ==
          "08:00 – 11:00 on " + one.date + " cannot be booked: " + one.words);
  }
  CHECK(slots_of(api, "from=2026-12-22&to=2026-12-22")[0]["closed"] == "Stocktaking");
  CHECK(slots_of(api, "from=2026-11-24&to=2026-11-24")[0]["windows"][0]["closed"] ==
        "Too late to book this time");
}

TEST_CASE("before a season begins, its first days are offered") {
  Api api;
  Json body = tuesdays(9);
  body["season"] = {{"first", "2027-03-01"}};
  put(api, body);
  CHECK(details_of(book(api, "2026-12-01")) ==
        std::vector<std::string>{"reason=season", "free=2027-03-02 08:00 – 11:00",
                                 "free=2027-03-09 08:00 – 11:00", "free=2027-03-16 08:00 – 11:00"});
}

TEST_CASE("in demo mode clients keep windows of their own; with accounts those are faults") {
  Api api;
  put(api, tuesdays(0));
  CHECK(book(api, "2026-12-02", "in the morning").status == 201);
  CHECK(book(api, "2026-12-02", "09:30 – 10:00").status == 201);
  AccountsApi accounts;
  const std::string admin = accounts.sign_in(Role::admin);
  Json calendar = tuesdays(1);
  calendar["exceptions"] =
      Json::parse(R"([{"date": "2026-12-19", "windows": [{"starts": "07:00", "ends": "12:00"}]}])");
  REQUIRE(accounts.send("PUT", calendar_path, admin, calendar.dump()).status == 200);
  const auto response =
      accounts.post("/api/v1/bookings", booking_on("2026-12-01", "in the morning"),
                    accounts.sign_in(Role::customer));
  CHECK(response.status == 400);
  CHECK(
      details_of(response) ==
      std::vector<std::string>{"pickup_window must be one of ['07:00 – 12:00', '08:00 – 11:00']"});
}

TEST_CASE("staff override the calendar, customers do not") {
  AccountsApi accounts;
  const std::string admin = accounts.sign_in(Role::admin);
  accounts.send("PUT", calendar_path, admin, tuesdays(0).dump());
  Json body = booking_on("2026-12-01");
  body["override"] = true;
  CHECK(accounts.post("/api/v1/bookings", body, accounts.sign_in(Role::customer)).status == 403);
  CHECK(accounts.post("/api/v1/bookings", body, accounts.sign_in(Role::staff)).status == 201);
  body["override"] = "yes";
  CHECK(details_of(accounts.post("/api/v1/bookings", body, admin)) ==
        std::vector<std::string>{"override must be true or false"});
}

TEST_CASE("slots are listed for 62 days at most, and a bad question says what is wrong") {
  Api api;
  CHECK(slots_of(api, "").size() == 62);
  CHECK(slots_of(api, "")[0]["date"] == "2026-11-22");
  CHECK(slots_of(api, "from=2026-12-30&to=2027-01-02").size() == 4);
  CHECK(slots_of(api, "from=9999-10-01&to=9999-10-31").size() == 31);
  CHECK(slots_of(api, "from=9999-12-30").size() == 2);
  const std::vector<std::pair<std::string, std::string>> bad{
      {"from=yesterday", "from must be a calendar date as YYYY-MM-DD"},
      {"from=2026-12-02&to=2026-12-01", "to must not be before from"},
      {"from=2026-12-01&to=2027-02-01", "to must be within 62 days of from"},
      {"kind=delivery", "kind must be one of ['pickup', 'return']"}};
  for (const auto& [query, detail] : bad) {
    const auto response = api.get("/api/v1/slots?" + query);
    CHECK(response.status == 400);
    CHECK(details_of(response) == std::vector<std::string>{detail});
  }
}

TEST_CASE("a booking for the last days of the calendar is answered as any other") {
  Api api;
  put(api, tuesdays(0));
  for (const char* date : {"9999-10-30", "9999-12-31", "2262-04-15"}) {
    INFO(date);
    CHECK(book(api, date).status == 409);
  }
}

TEST_CASE("what is free keeps its ETag for a minute, and until a booking comes") {
  Api api;
  put(api, tuesdays(5));
  const std::string path = "/api/v1/slots?from=2026-12-01&to=2026-12-01";
  const auto ask = [&](const std::string& etag) {
    return api.send("GET", path, "", {{"If-None-Match", etag}});
  };
  const std::string etag = header_of(ask(""), "ETag");
  CHECK(ask(etag).status == 304);
  api.clock.advance(std::chrono::minutes(1));
  const std::string later = header_of(ask(etag), "ETag");
  CHECK(later != etag);
  CHECK(ask(later).status == 304);
  book(api, "2026-12-01");
  CHECK(ask(later).status == 200);
}
