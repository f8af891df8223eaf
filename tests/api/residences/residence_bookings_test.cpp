// Bookings that name a residence: what customers send and see, and what staff alone do.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"

using namespace hss::test;

namespace {

/// Saves two residences and returns the id of the one that is called Tuksdorp.
std::string add_residences(const Api& api) {
  const Json list{{"residences",
                   {{{"name", "Mopanie"}},
                    {{"name", "Tuksdorp"},
                     {"suburb", "Hatfield 0083"},
                     {"gate", "Roper Street"},
                     {"stairs", "three floors, no lift"},
                     {"caretaker_phone", "082 555 0134"}}}}};
  const auto response =
      api.send("PUT", "/api/v1/admin/residences", list.dump(), {{"X-HSS-Role", "admin"}});
  REQUIRE(response.status == 200);
  return body_of(response)["residences"][1]["id"];
}

Json in_residence(const Json& residence_id, const Json& room = "214") {
  Json body = booking_body();
  body.erase("address");
  body["residence_id"] = residence_id;
  body["room"] = room;
  return body;
}

std::string book_in(const Api& api, const std::string& residence_id) {
  const auto response = api.post("/api/v1/bookings", in_residence(residence_id).dump());
  INFO(response.content());
  REQUIRE(response.status == 201);
  return body_of(response)["booking_id"];
}

hss::api::Response patch_booking(const Api& api, const std::string& id, const Json& change) {
  return api.send("PATCH", "/api/v1/bookings/" + id, change.dump(), {{"X-HSS-Role", "customer"}});
}

/// Without the id of the request, which each has of its own.
Json booking_of(const Api& api, const std::string& id) {
  Json booking = body_of(api.get("/api/v1/bookings/" + id));
  booking.erase("request_id");
  return booking;
}

}  // namespace

TEST_CASE("a booking names a residence and a room in place of an address") {
  const Api api;
  const std::string tuksdorp_id = add_residences(api);
  const std::string id = book_in(api, tuksdorp_id);
  const Json booking = booking_of(api, id);
  CHECK(booking["address"] == "Tuksdorp, room 214, Hatfield 0083");
  CHECK(booking["residence_id"] == tuksdorp_id);
  CHECK(booking["room"] == "214");
  CHECK(booking["return_residence_id"].is_null());
  CHECK(booking["return_room"].is_null());
  CHECK(body_of(api.get("/api/v1/bookings?q=tuksdorp"))["bookings"][0]["id"] == id);

  const Json other = booking_of(api, api.booking());
  CHECK(other["residence_id"].is_null());
  CHECK(other["room"] == "");
}

TEST_CASE("a residence that is none, and a room without one, are faults of a booking") {
  const Api api;
  add_residences(api);
  const auto errors_of = [&](const Json& body) {
    const auto response = api.post("/api/v1/bookings", body.dump());
    CHECK(response.status == 400);
    return details_of(response);
  };
  using Errors = std::vector<std::string>;
  const Errors none{"residence_id must be that of a residence"};
  CHECK(errors_of(in_residence("RES-0000000000")) == none);
  CHECK(errors_of(in_residence("Tuksdorp")) == none);
  CHECK(errors_of(in_residence(7)) == none);
  CHECK(errors_of(in_residence(nullptr)) == Errors{"address is required"});
  CHECK(errors_of(in_residence("RES-0000000000", 7)) == Errors{"room must be a string"});
  CHECK(errors_of(in_residence("RES-0000000000", std::string(41, 'x'))) ==
        Errors{"room must be at most 40 characters"});
  Json body = booking_body();
  body["room"] = "214";
  CHECK(errors_of(body) == Errors{"room must come with residence_id"});
}

TEST_CASE("PATCH moves a booking to a residence and out of it, and its return likewise") {
  const Api api;
  const std::string tuksdorp_id = add_residences(api);
  const std::string id = api.booking("paid");
  auto response = patch_booking(api, id, {{"residence_id", tuksdorp_id}, {"room", " 9 "}});
  REQUIRE(response.status == 200);
  CHECK(body_of(response)["address"] == "Tuksdorp, room 9, Hatfield 0083");
  CHECK(body_of(response)["room"] == "9");
  response = patch_booking(api, id,
                           {{"address", "14 Hilda Street"},
                            {"return_date", "2027-02-01"},
                            {"return_window", "08:00 – 11:00"},
                            {"return_residence_id", tuksdorp_id},
                            {"return_room", "10"}});
  REQUIRE(response.status == 200);
  const Json booking = booking_of(api, id);
  CHECK(booking["address"] == "14 Hilda Street");
  CHECK(booking["residence_id"].is_null());
  CHECK(booking["room"] == "");
  CHECK(booking["return_address"] == "Tuksdorp, room 10, Hatfield 0083");
  CHECK(booking["return_residence_id"] == tuksdorp_id);
  CHECK(booking["return_room"] == "10");

  response = patch_booking(api, id, {{"return_residence_id", "RES-0000000000"}});
  CHECK(response.status == 400);
  CHECK(details_of(response) ==
        std::vector<std::string>{"return_residence_id must be that of a residence"});
  CHECK(patch_booking(api, id, {{"room", "214"}}).status == 400);
  CHECK(booking_of(api, id) == booking);
}

TEST_CASE("the history names the residence of a change, and says nothing of the room") {
  const Api api;
  const std::string tuksdorp_id = add_residences(api);
  const std::string id = api.booking();
  REQUIRE(patch_booking(api, id, {{"residence_id", tuksdorp_id}, {"room", "214"}}).status == 200);
  const Json changes = body_of(api.get("/api/v1/bookings/" + id + "/history"))["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["fields"] == Json{{{"name", "address"}},
                                     {{"name", "residence_id"}, {"from", ""}, {"to", tuksdorp_id}},
                                     {{"name", "room"}}});
}

TEST_CASE("how to get into a residence is for staff, on their day") {
  const Api api;
  const std::string id = book_in(api, add_residences(api));
  const std::string date = booking_of(api, id)["pickup_date"];
  const Json day = body_of(api.get("/api/v1/staff/day?date=" + date, "staff"));
  REQUIRE(day["residences"].size() == 1);
  CHECK(day["residences"][0]["name"] == "Tuksdorp");
  CHECK(day["residences"][0]["gate"] == "Roper Street");
  CHECK(day["residences"][0]["stairs"] == "three floors, no lift");
  CHECK(day["residences"][0]["parking"] == "");
  CHECK(day["residences"][0]["caretaker_phone"] == "082 555 0134");
  CHECK(day["residences"][0]["closes_on"].is_null());
  for (const std::string& path :
       {"/api/v1/bookings/" + id, "/api/v1/bookings/" + id + "/history",
        std::string("/api/v1/bookings"), std::string("/api/v1/residences")}) {
    INFO(path);
    const std::string answer(api.get(path).content());
    CHECK(answer.find("Roper") == std::string::npos);
    CHECK(answer.find("555 0134") == std::string::npos);
  }
}
