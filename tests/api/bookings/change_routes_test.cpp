// Changes of a booking, and trips that failed.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"

using namespace hss::test;
using hss::api::Response;
using hss::domain::Role;

namespace {

Response change(const Api& api, const std::string& path, const std::string& body,
                const std::string& role = "customer", const std::string& if_match = "") {
  hss::api::Fields headers{{"X-HSS-Role", role}};
  if (!if_match.empty()) headers.emplace_back("If-Match", if_match);
  return api.send("PATCH", path, body, headers);
}

std::string path_of(const std::string& id) {
  return "/api/v1/bookings/" + id;
}

std::vector<std::string> errors_of(const Api& api, const std::string& body) {
  const auto response = change(api, path_of(api.booking()), body);
  CHECK(response.status == 400);
  return details_of(response);
}

}  // namespace

TEST_CASE("a booking is changed, and the answer is the booking with its next ETag") {
  const Api api;
  const std::string path = path_of(api.booking());
  const std::string etag = header_of(api.get(path), "ETag");
  const auto response = change(
      api, path,
      R"({"pickup_date":"2026-12-02","phone":" 082 555 0123 ","access_notes":"Gate 7\nRing"})",
      "customer", etag);
  REQUIRE(response.status == 200);
  const Json booking = body_of(response);
  CHECK(booking["pickup_date"] == "2026-12-02");
  CHECK(booking["phone"] == "082 555 0123");
  CHECK(booking["phone_e164"] == "+27825550123");
  CHECK(booking["access_notes"] == "Gate 7\nRing");
  CHECK(booking["items"].size() == 2);
  CHECK(booking["due_on"] == "2027-03-02");
  CHECK(booking["return_date"].is_null());
  CHECK(header_of(response, "ETag") == header_of(api.get(path), "ETag"));
  CHECK(header_of(response, "ETag") != etag);
  // What is so already changes nothing.
  const auto same = change(api, path, R"({"pickup_date":"2026-12-02"})");
  CHECK(same.status == 200);
  CHECK(header_of(same, "ETag") == header_of(response, "ETag"));
  CHECK(change(api, path, "{}").status == 200);
}

TEST_CASE("an old view of the booking is 412, and a change of another booking never is") {
  const Api api;
  const std::string path = path_of(api.booking());
  const std::string etag = header_of(api.get(path), "ETag");
  change(api, path_of(api.booking()), R"({"phone":"082 555 0123"})");
  const std::string strong = etag.substr(2);
  CHECK(change(api, path, R"({"phone":"082 555 0123"})", "customer", "\"a\", " + strong).status ==
        200);
  const auto late = change(api, path, R"({"phone":"082 555 0199"})", "staff", etag);
  CHECK(late.status == 412);
  CHECK(code_of(late) == "precondition_failed");
  CHECK(body_of(api.get(path))["phone"] == "082 555 0123");
  CHECK(change(api, path, R"({"phone":"082 555 0199"})", "staff", "*").status == 200);
}

TEST_CASE("every fault of a change is told at once") {
  const Api api;
  CHECK(errors_of(api, R"({"pickup_date":"soon","pickup_window":"","address":7,"phone":"none",
      "whatsapp":true,"duration_months":13,"return_date":"2026-02-30","return_method":"fly",
      "expected_total":"x","override":1})") ==
        std::vector<std::string>{
            "pickup_window is required", "address must be a string",
            "phone must be a telephone number", "whatsapp must be a string",
            "return_method must be one of ['deliver', 'collect_at_store']",
            "expected_total must be a number", "override must be true or false",
            "pickup_date must be a calendar date as YYYY-MM-DD",
            "return_date must be a calendar date as YYYY-MM-DD", "duration_months must be <= 12"});
  CHECK(change(api, path_of("HSS-0000000000"), "{}").status == 404);
  CHECK(change(api, path_of(api.booking()), "[]").status == 400);
}

TEST_CASE("what the state of a booking rules out is 409, and override is for staff") {
  const Api api;
  const std::string paid = path_of(api.booking("paid"));
  const auto longer = change(api, paid, R"({"duration_months":5,"expected_total":1900})");
  CHECK(longer.status == 409);
  CHECK(code_of(longer) == "unpaid_change");
  CHECK(code_of(change(api, path_of(api.booking("returned")), R"({"phone":"0825550123"})")) ==
        "conflict");
  CHECK(code_of(change(api, path_of(api.booking()), R"({"duration_months":5})")) ==
        "price_changed");
  CHECK(change(api, paid, R"({"pickup_date":"2026-12-05","override":true})").status == 403);
  CHECK(change(api, paid, R"({"pickup_date":"2026-12-05","override":true})", "staff").status ==
        200);
}

TEST_CASE("a contact is taken with a booking, checked, and need not be there") {
  const Api api;
  Json body = booking_body();
  body["phone"] = "+27 82 555 0123";
  body["whatsapp"] = "";
  body["access_notes"] = "Ask for Lwazi";
  const std::string id = body_of(api.post("/api/v1/bookings", body.dump()))["booking_id"];
  const Json booking = body_of(api.get(path_of(id)));
  CHECK(booking["phone"] == "+27 82 555 0123");
  CHECK(booking["phone_e164"] == "+27825550123");
  CHECK(booking["whatsapp"] == "");
  CHECK(booking["access_notes"] == "Ask for Lwazi");
  CHECK(body_of(api.get(path_of(api.booking())))["phone"] == "");
  CHECK(body_of(api.get("/api/v1/bookings?q=082%20555%200123"))["bookings"][0]["id"] == id);
  body["phone"] = "call me";
  CHECK(details_of(api.post("/api/v1/bookings", body.dump())) ==
        std::vector<std::string>{"phone must be a telephone number"});
}

TEST_CASE("the history tells changes and failed trips, and staff who made them") {
  const Api api;
  const std::string path = path_of(api.booking("paid"));
  change(api, path, R"({"pickup_date":"2026-12-02","phone":"082 555 0123"})");
  const auto trip =
      api.post(path + "/failed-trip", R"({"client_id":"a","reason":"Rain"})", "staff");
  REQUIRE(trip.status == 200);
  CHECK(body_of(trip)["needs_new_date"] == true);
  CHECK(body_of(trip)["failed_trips"] == 1);
  const Json changes = body_of(api.get(path + "/history"))["changes"];
  REQUIRE(changes.size() == 2);
  CHECK(changes[0]["type"] == "booking_changed");
  CHECK(changes[0]["fields"] ==
        Json::parse(R"([{"name":"pickup_date","from":"2026-12-01","to":"2026-12-02"},
                        {"name":"phone"}])"));
  CHECK(changes[1]["type"] == "failed_trip");
  CHECK(changes[1]["reason"] == "Rain");
  CHECK_FALSE(changes[1].contains("actor"));
  CHECK(body_of(api.get(path + "/history", "staff"))["changes"][1]["client_id"] == "a");
}

TEST_CASE("a failed trip is for staff, names itself, and has a reason") {
  const Api api;
  const std::string path = path_of(api.booking("paid")) + "/failed-trip";
  CHECK(api.post(path, R"({"client_id":"a","reason":"Rain"})", "customer").status == 403);
  CHECK(details_of(api.post(path, R"({"undo":1})", "staff")) ==
        std::vector<std::string>{"client_id is required", "undo must be true or false",
                                 "reason is required"});
  const std::string body = R"({"client_id":"a","reason":"Rain"})";
  CHECK(api.post(path, body, "staff").status == 200);
  CHECK(body_of(api.post(path, body, "admin"))["failed_trips"] == 1);
  CHECK(body_of(api.post(path, R"({"client_id":"a","undo":true})", "staff"))["failed_trips"] == 0);
  CHECK(api.post(path_of("HSS-0000000000") + "/failed-trip", body, "staff").status == 404);
  CHECK(api.post(path_of(api.booking("returned")) + "/failed-trip", body, "staff").status == 409);
}
