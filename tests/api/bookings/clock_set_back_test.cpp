// A clock that was wrong is set right by a time server.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "api/api_fixture.h"

using namespace hss::test;
using namespace std::chrono_literals;

TEST_CASE("a clock that is set back loses no booking, no order and no key") {
  TempFolder folder;
  Api api(hss::api::routes(), {"*"}, folder.file("hss.db"));
  const std::string body = booking_body().dump();
  const auto book = [&] {
    return api.send("POST", "/api/v1/bookings", body, {{"Idempotency-Key", "k1"}});
  };
  const auto first = book();
  const std::string first_id = body_of(first)["booking_id"];
  const std::string second_id = api.booking();

  api.clock.advance(-400 * 24h);
  CHECK(book().body == first.body);
  const std::string third_id = api.booking();
  const std::string path = "/api/v1/bookings/" + first_id;
  CHECK(api.post("/api/v1/staff/bookings/" + first_id + "/approve", "", "staff").status == 200);
  CHECK(api.post(path + "/payment", "").status == 200);

  CHECK(body_of(api.get(path))["status"] == "paid");
  const Json newest = body_of(api.get("/api/v1/bookings"))["bookings"];
  REQUIRE(newest.size() == 3);
  CHECK(newest[0]["id"] == third_id);
  CHECK(newest[2]["id"] == first_id);
  const Json oldest = body_of(api.get("/api/v1/staff/queue", "staff"))["queue"];
  REQUIRE(oldest.size() == 3);
  CHECK(oldest[0]["id"] == first_id);
  CHECK(oldest[1]["id"] == second_id);
  const Json trail = body_of(api.get("/api/v1/audit?booking_id=" + first_id, "staff"))["events"];
  REQUIRE(trail.size() == 3);
  CHECK(trail[0]["event_type"] == "payment_captured");
  CHECK(trail[2]["event_type"] == "booking_submitted");
  CHECK_FALSE(api.store.verify_audit("").violation.has_value());
}
