// Other items of a booking, over HTTP.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"

using namespace hss::test;
using hss::api::Response;

namespace {

Response change_items(const Api& api, const std::string& id, const std::string& body,
                      const std::string& role = "customer", const std::string& if_match = "") {
  hss::api::Fields headers{{"X-HSS-Role", role}};
  if (!if_match.empty()) headers.emplace_back("If-Match", if_match);
  return api.send("PATCH", "/api/v1/bookings/" + id, body, headers);
}

}  // namespace

TEST_CASE("a box is added for today's price, and the history says so in words") {
  const Api api;
  const std::string id = api.booking();
  const Json before = body_of(api.get("/api/v1/bookings/" + id));
  REQUIRE(before["items"].size() == 2);
  const std::string stay = R"({"items":[{"id":1},{"id":2,"name":"Blue"},{"type":"box"}])";
  const auto unconfirmed = change_items(api, id, stay + "}");
  CHECK(unconfirmed.status == 409);
  CHECK(code_of(unconfirmed) == "price_changed");
  const int months = before["duration_months"];
  const int total = before["total"].get<int>() + 60 * months;
  CHECK(details_of(unconfirmed).back() == "total=" + std::to_string(total));
  const auto response =
      change_items(api, id, stay + ",\"expected_total\":" + std::to_string(total) + "}");
  REQUIRE(response.status == 200);
  const Json booking = body_of(response);
  CHECK(booking["item_count"] == 3);
  CHECK(booking["total"] == total);
  CHECK(booking["handling_fee"] == before["handling_fee"]);
  CHECK(booking["items"][0] == before["items"][0]);
  CHECK(booking["items"][1]["item_name"] == "Blue");
  CHECK(booking["items"][2]["id"] == 3);
  CHECK(booking["items"][2]["item_type"] == "box");
  const Json changes = body_of(api.get("/api/v1/bookings/" + id + "/history"))["changes"];
  REQUIRE(changes.size() == 1);
  const Json fields = changes[0]["fields"];
  REQUIRE(fields.size() == 3);
  CHECK(fields[0]["name"] == "total");
  CHECK(fields[1] == Json{{"name", "item_names"}});
  CHECK(fields[2]["name"] == "items");
  CHECK(fields[2]["to"].get<std::string>().find("Box") != std::string::npos);
  CHECK(fields[2]["from"] != fields[2]["to"]);
}

TEST_CASE("faults of changed items are told by their places, and an old view of them is 412") {
  const Api api;
  const std::string id = api.booking();
  const std::string etag = header_of(api.get("/api/v1/bookings/" + id), "ETag");
  CHECK(details_of(change_items(api, id, R"({"items":[{"id":"1"},{},7,{"id":1,"photos":[]}]})")) ==
        std::vector<std::string>{
            "items[1].id must be the id of an item", "items[2].type is required for a new item",
            "items[3] must be an object", "items[4].photos may be given for a new item alone"});
  CHECK(details_of(change_items(api, id, R"({"items":[]})")) ==
        std::vector<std::string>{"items must contain at least one entry"});
  CHECK(details_of(change_items(api, id, R"({"items":{}})")) ==
        std::vector<std::string>{"items must be a list"});
  const auto unknown = change_items(api, id, R"({"items":[{"id":9},{"type":"piano"}]})");
  CHECK(unknown.status == 400);
  REQUIRE(details_of(unknown).size() == 2);
  CHECK(details_of(unknown)[0] == "items[1].id is no item of this booking");
  CHECK(details_of(unknown)[1].starts_with("items[2].type must be one of ['"));
  REQUIRE(change_items(api, id, R"({"items":[{"id":1,"name":"Ma's"},{"id":2}]})").status == 200);
  CHECK(change_items(api, id, R"({"items":[{"id":1},{"id":2}]})", "customer", etag).status == 412);
  // Null is as if it were not there.
  CHECK(change_items(api, id, R"({"items":null,"phone":"082 555 0123"})").status == 200);
  CHECK(body_of(api.get("/api/v1/bookings/" + id))["items"].size() == 2);
}

TEST_CASE("items change before the payment, for staff too, and nobody changes another's") {
  const Api api;
  const std::string paid = api.booking("paid");
  for (const char* role : {"customer", "staff", "admin"}) {
    const auto late = change_items(api, paid, R"({"items":[{"id":1}],"expected_total":1})", role);
    CHECK(late.status == 409);
    CHECK(code_of(late) == "unpaid_change");
  }
  CHECK(change_items(api, paid, R"({"items":[{"id":1,"name":"Ma's"},{"id":2}]})").status == 200);
  CHECK(code_of(change_items(api, api.booking("cancelled"), R"({"items":[{"type":"box"}],
      "expected_total":530})")) == "conflict");
  CHECK(change_items(api, "HSS-0000000000", R"({"items":[{"type":"box"}]})").status == 404);
}
