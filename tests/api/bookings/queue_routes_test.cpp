// The queue and its board: success, invalid, forbidden.
#include <catch2/catch_test_macros.hpp>

#include "api/api_fixture.h"

using namespace hss::test;

TEST_CASE("GET /staff/queue is for staff and keeps a booking that was paid") {
  const Api api;
  const std::string paid = api.booking("paid");
  api.booking("returned");
  CHECK(api.get("/api/v1/staff/queue").status == 403);
  const Json body = body_of(api.get("/api/v1/staff/queue", "staff"));
  CHECK(body["count"] == 1);
  CHECK(body["queue"][0]["id"] == paid);
}

TEST_CASE("GET /staff/queue of one status has no other, and goes on from the board's cursor") {
  const Api api;
  const std::string first = api.booking();
  api.booking("approved");
  const std::string second = api.booking();
  const Json board = body_of(api.get("/api/v1/staff/board?limit=1", "staff"));
  CHECK(board["columns"][0]["bookings"][0]["id"] == first);
  const std::string cursor = board["columns"][0]["next_cursor"];
  const Json rest =
      body_of(api.get("/api/v1/staff/queue?status=submitted&cursor=" + cursor, "staff"));
  CHECK(rest["count"] == 1);
  CHECK(rest["queue"][0]["id"] == second);
  CHECK(rest["next_cursor"].is_null());
  CHECK(body_of(api.get("/api/v1/staff/queue?status=", "staff"))["count"] == 3);
}

TEST_CASE("GET /staff/queue knows no status that leaves no work") {
  const Api api;
  for (const char* status : {"returned", "declined", "cancelled", "sold", "Paid"}) {
    INFO(status);
    const auto response = api.get(std::string("/api/v1/staff/queue?status=") + status, "staff");
    CHECK(response.status == 400);
    CHECK(details_of(response) ==
          std::vector<std::string>{"status must be one of ['submitted', 'approved', 'paid', "
                                   "'collected', 'in_storage']"});
  }
}

TEST_CASE("GET /staff/board has five columns in the order of the lifecycle") {
  const Api api;
  for (const char* status : {"submitted", "paid", "paid", "returned", "declined"}) {
    api.booking(status);
  }
  const auto response = api.get("/api/v1/staff/board", "admin");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  std::string columns;
  for (const Json& column : body["columns"]) {
    CHECK(column["count"] == column["bookings"].size());
    CHECK(column["next_cursor"].is_null());
    columns += column["status"].get<std::string>() + " " + column["count"].dump() + ", ";
  }
  CHECK(columns == "submitted 1, approved 0, paid 2, collected 0, in_storage 0, ");
}

TEST_CASE("GET /staff/board is for staff, clamps its limit and refuses what is none") {
  const Api api;
  api.booking();
  api.booking();
  const auto rejected = api.get("/api/v1/staff/board");
  CHECK(rejected.status == 403);
  CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin', 'staff']"});
  const Json clamped = body_of(api.get("/api/v1/staff/board?limit=0", "staff"));
  CHECK(clamped["columns"][0]["bookings"].size() == 1);
  CHECK(clamped["columns"][0]["count"] == 2);
  CHECK(api.get("/api/v1/staff/board?limit=100000", "staff").status == 200);
  for (const char* limit : {"-1", "x", "", "1.5"}) {
    INFO(limit);
    const auto response = api.get(std::string("/api/v1/staff/board?limit=") + limit, "staff");
    CHECK(response.status == 400);
    CHECK(details_of(response) ==
          std::vector<std::string>{"limit must be a whole number from 0 to 999999999"});
  }
}
