// The residences: everybody reads their names, an administrator keeps the list.
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"

using namespace hss::test;

namespace {

const std::string public_path = "/api/v1/residences";
const std::string admin_path = "/api/v1/admin/residences";

hss::api::Response put(const Api& api, const Json& residences, hss::api::Fields headers = {}) {
  headers.emplace_back("X-HSS-Role", "admin");
  return api.send("PUT", admin_path, Json{{"residences", residences}}.dump(), std::move(headers));
}

Json saved(const Api& api, const Json& residences) {
  const auto response = put(api, residences);
  INFO(response.content());
  REQUIRE(response.status == 200);
  return body_of(response)["residences"];
}

Json errors_of(const Api& api, const Json& residences) {
  const auto response = put(api, residences);
  CHECK(response.status == 400);
  return body_of(response)["error"]["details"];
}

Json listed(const Api& api) {
  return body_of(api.get(public_path))["residences"];
}

Json events(const Api& api) {
  return body_of(api.get("/api/v1/audit?event_type=residences_changed", "admin"))["events"];
}

const Json tuksdorp{{"name", " Tuksdorp "},
                    {"suburb", "Hatfield 0083"},
                    {"closes_on", "2026-12-04"},
                    {"reopens_on", "2027-01-20"},
                    {"gate", "Roper Street"},
                    {"stairs", "three floors, no lift"},
                    {"caretaker_phone", "082 555 0134"}};

}  // namespace

TEST_CASE("a residence is told by name to everybody, and whole to an administrator") {
  const Api api;
  CHECK(listed(api).empty());
  const Json whole = saved(api, {tuksdorp, {{"name", "Mopanie"}}});
  REQUIRE(whole.size() == 2);
  CHECK(whole[0]["name"] == "Mopanie");
  CHECK(whole[0]["closes_on"].is_null());
  CHECK(whole[1]["gate"] == "Roper Street");
  CHECK(whole[1]["caretaker_phone"] == "082 555 0134");
  CHECK(body_of(api.get(admin_path, "admin"))["residences"] == whole);

  const Json shown = listed(api);
  REQUIRE(shown.size() == 2);
  CHECK(shown[1] == Json{{"id", whole[1]["id"]},
                         {"name", "Tuksdorp"},
                         {"suburb", "Hatfield 0083"},
                         {"closes_on", "2026-12-04"},
                         {"reopens_on", "2027-01-20"}});
  CHECK(api.get(public_path).content().find("Roper") == std::string::npos);
}

TEST_CASE(
    "a residence keeps its id through changes of its name, and where a list is pasted again") {
  const Api api;
  Json list = saved(api, {tuksdorp, {{"name", "Mopanie"}}});
  const Json mopanie = list[0]["id"], other = list[1]["id"];
  list[1]["name"] = "Tuksdorp East";
  list = saved(api, list);
  CHECK(list[1]["id"] == other);
  list = saved(api, {{{"name", "Mopanie"}}, {{"name", "Taaibos"}}, {{"name", "Tuksdorp East"}}});
  CHECK(list[0]["id"] == mopanie);
  CHECK(list[2]["id"] == other);
  CHECK(list[1]["id"] != other);
}

TEST_CASE("two residences that exchange their names are saved, and the trail has it") {
  const Api api;
  Json list = saved(api, {{{"name", "Mopanie"}}, {{"name", "Tuksdorp"}}});
  const Json mopanie = list[0]["id"];
  list[0]["name"] = "Tuksdorp";
  list[1]["name"] = "Mopanie";
  CHECK(saved(api, list)[1]["id"] == mopanie);
  CHECK(listed(api)[1]["id"] == mopanie);
  CHECK(events(api).size() == 2);
}

TEST_CASE("the trail says what residences were and are, and keeps no number") {
  const Api api;
  Json list = saved(api, {tuksdorp, {{"name", "Mopanie"}}});
  list[1]["suburb"] = "Brooklyn";
  list[1]["caretaker_phone"] = "082 555 9999";
  list = saved(api, {list[1], {{"name", "Taaibos"}}});
  saved(api, list);  // changes nothing
  const Json trail = events(api);
  REQUIRE(trail.size() == 2);
  const std::string days = ", closes on 2026-12-04, reopens on 2027-01-20";
  CHECK(trail[1]["payload"] == Json{{"residences_from", ""},
                                    {"residences_to", "Mopanie; Tuksdorp, Hatfield 0083" + days},
                                    {"for_staff", "Tuksdorp: gate, stairs, caretaker_phone"}});
  CHECK(trail[0]["payload"] == Json{{"residences_from", "Mopanie; Tuksdorp, Hatfield 0083" + days},
                                    {"residences_to", "Taaibos; Tuksdorp, Brooklyn" + days},
                                    {"for_staff", "Tuksdorp: caretaker_phone"}});
}

TEST_CASE("every fault of a list of residences is told at once, and nothing is saved") {
  const Api api;
  CHECK(errors_of(api, {{{"name", ""}},
                        {{"name", "A"}, {"closes_on", "2026-02-30"}, {"reopens_on", ""}},
                        {{"name", "A"}, {"caretaker_phone", "call me"}},
                        {{"name", "B"}, {"closes_on", "2026-12-04"}, {"reopens_on", "2026-12-04"}},
                        {{"name", "C"}, {"id", "RES-1"}, {"gate", 5}},
                        7}) ==
        Json{"residences[1].name is required",
             "residences[2].closes_on must be a calendar date as YYYY-MM-DD",
             "residences[2].reopens_on must be a calendar date as YYYY-MM-DD",
             "residences[3].caretaker_phone must be a telephone number",
             "residences[4].reopens_on must be after closes_on",
             "residences[5].id must be that of a residence, or left out for a new one",
             "residences[5].gate must be a string", "residences[6] must be an object",
             "residences must have the name 'A' once"});
  CHECK(errors_of(api, {{{"name", "A"}, {"id", "RES-0123456789"}}}) ==
        Json{"residences must not have the id 'RES-0123456789', which is none"});
  CHECK(errors_of(api, Json::object()) == Json{"residences must be a list"});
  CHECK(errors_of(api, nullptr) == Json{"residences is required"});
  CHECK(errors_of(api, Json(501, Json{{"name", "A"}})) ==
        Json{"residences must contain at most 500 entries"});
  CHECK(listed(api).empty());
  CHECK(events(api).empty());
}

TEST_CASE("a list of residences that another owner has saved meanwhile is not overwritten") {
  const Api api;
  const std::string seen = header_of(api.get(admin_path, "admin"), "ETag");
  const auto first = put(api, Json::array({tuksdorp}), {{"If-Match", seen}});
  CHECK(first.status == 200);
  CHECK(header_of(first, "ETag") == header_of(api.get(admin_path, "admin"), "ETag"));
  CHECK(put(api, Json::array(), {{"If-Match", seen}}).status == 412);
  CHECK(listed(api).size() == 1);
  const auto shown = api.get(public_path);
  CHECK(api.send("GET", public_path, "", {{"If-None-Match", header_of(shown, "ETag")}}).status ==
        304);
}
