// Who the business is: anybody reads it, an administrator changes it.
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"

using namespace hss::test;
using hss::domain::Role;
using namespace std::chrono_literals;

namespace {

const std::string business_path = "/api/v1/business";
const std::string admin_path = "/api/v1/admin/business";

Json business(const Api& api) {
  Json body = body_of(api.get(business_path));
  body.erase("request_id");
  return body;
}

hss::api::Response change(const Api& api, const Json& body, hss::api::Fields headers = {}) {
  headers.emplace_back("X-HSS-Role", "admin");
  return api.send("PATCH", admin_path, body.dump(), std::move(headers));
}

Json events(const Api& api) {
  return body_of(api.get("/api/v1/audit?event_type=business_changed", "admin"))["events"];
}

}  // namespace

TEST_CASE("GET /business has today's values while nothing is saved") {
  const Api api;
  CHECK(business(api) == Json::parse(R"({
    "name":"Hatfield Storage Solutions","legal_name":"","registration_number":"","vat_number":"",
    "phone":"","whatsapp":"","email":"","address":"","opening":"","privacy":"","prohibited":"",
    "terms":null,"liability_cap":null,"payment_methods":["card","eft","cash"],
    "photo_uploads":true})"));
}

TEST_CASE("PATCH /admin/business changes what is given, and says what was and is in the trail") {
  const Api api;
  const auto response = change(api, {{"phone", " 012 555 0134 "},
                                     {"privacy", "We keep little."},
                                     {"liability_cap", 5000.5},
                                     {"payment_methods", {"cash", "card"}}});
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["name"] == "Hatfield Storage Solutions");
  CHECK(body["phone"] == "012 555 0134");
  CHECK(body["liability_cap"] == 5000.5);
  CHECK(body["payment_methods"] == Json{"card", "cash"});
  CHECK(business(api)["phone"] == "012 555 0134");
  CHECK(header_of(response, "ETag") == header_of(api.get(business_path), "ETag"));

  CHECK(change(api, {{"phone", ""}, {"liability_cap", ""}}).status == 200);
  CHECK(business(api)["liability_cap"].is_null());
  const Json trail = events(api);
  REQUIRE(trail.size() == 2);
  CHECK(trail[1]["payload"] == Json{{"phone_from", ""},
                                    {"phone_to", "012 555 0134"},
                                    {"privacy_length_from", 0},
                                    {"privacy_length_to", 15},
                                    {"liability_cap_from", ""},
                                    {"liability_cap_to", "5000.50"},
                                    {"payment_methods_from", "card, eft, cash"},
                                    {"payment_methods_to", "card, cash"}});
  CHECK(trail[0]["payload"] == Json{{"phone_from", "012 555 0134"},
                                    {"phone_to", ""},
                                    {"liability_cap_from", "5000.50"},
                                    {"liability_cap_to", ""}});
  CHECK(trail[0]["actor_role"] == "admin");
  CHECK(body_of(api.send("POST", "/api/v1/audit/verification", "",
                         {{"X-HSS-Role", "admin"}}))["intact"] == true);
}

TEST_CASE("another text of the terms is their next version, as of today in South Africa") {
  Api api;
  api.clock.advance(15h);  // 23:00 UTC
  const Json first = body_of(change(api, {{"terms", {{"text", "Be kind."}}}}))["terms"];
  CHECK(first == Json{{"text", "Be kind."}, {"version", 1}, {"date", "2026-11-23"}});
  CHECK(body_of(change(api, {{"terms", {{"text", " Be kind.\n"}}}}))["terms"] == first);
  CHECK(body_of(change(api, {{"terms", {{"text", "Be kinder."}}}}))["terms"]["version"] == 2);
  CHECK(body_of(change(api, {{"terms", {{"text", ""}}}}))["terms"].is_null());
  CHECK(body_of(change(api, {{"terms", {{"text", "Be kind."}}}}))["terms"]["version"] == 4);
  const Json trail = events(api);
  REQUIRE(trail.size() == 4);
  CHECK(trail[2]["payload"] == Json{{"terms_version_from", "1"},
                                    {"terms_version_to", "2"},
                                    {"terms_length_from", 8},
                                    {"terms_length_to", 10}});
}

TEST_CASE("what stays the same is neither an event nor another ETag") {
  const Api api;
  const std::string etag = header_of(api.get(business_path), "ETag");
  for (const Json& same :
       {Json::object(), Json{{"name", "Hatfield Storage Solutions"}, {"phone", nullptr}},
        Json{{"payment_methods", {"cash", "eft", "card"}}, {"terms", nullptr}}}) {
    INFO(same);
    CHECK(change(api, same).status == 200);
  }
  CHECK(events(api).empty());
  api.booking();
  CHECK(header_of(api.get(business_path), "ETag") == etag);
  CHECK(api.send("GET", business_path, "", {{"If-None-Match", etag}}).status == 304);
}

TEST_CASE("an If-Match of an earlier view changes nothing") {
  const Api api;
  const std::string old = header_of(api.get(business_path), "ETag");
  // Another caller's view is the same, and so is that of a later request.
  CHECK(header_of(api.get(business_path, "staff"), "ETag") == old);
  const auto first = change(api, {{"phone", "012 555 0134"}}, {{"If-Match", old}});
  CHECK(first.status == 200);
  const auto late = change(api, {{"phone", "012 555 9999"}}, {{"If-Match", old}});
  CHECK(late.status == 412);
  CHECK(code_of(late) == "precondition_failed");
  CHECK(business(api)["phone"] == "012 555 0134");
  // Whoever lost the answer sends the same again.
  CHECK(change(api, {{"phone", "012 555 0134"}}, {{"If-Match", old}}).status == 200);
  CHECK(change(api, {{"phone", "1234567"}}, {{"If-Match", header_of(first, "ETag")}}).status ==
        200);
  CHECK(change(api, {{"phone", ""}}, {{"If-Match", "*"}}).status == 200);
  CHECK(events(api).size() == 3);
}

TEST_CASE("PATCH /admin/business names every fault and changes nothing then") {
  const Api api;
  const auto response = change(api, {{"phone", "012 555 0134"},
                                     {"name", ""},
                                     {"email", 7},
                                     {"terms", "Be kind."},
                                     {"liability_cap", "much"},
                                     {"payment_methods", "cash"}});
  CHECK(response.status == 400);
  CHECK(details_of(response) ==
        std::vector<std::string>{"name is required", "email must be a string",
                                 "terms must be an object", "liability_cap must be a number",
                                 "payment_methods must be a list"});
  CHECK(business(api)["phone"] == "");
  CHECK(events(api).empty());
}

TEST_CASE("only an administrator in their own browser changes the business") {
  const Api demo;
  for (const char* role : {"customer", "staff"}) {
    CHECK(demo.send("PATCH", admin_path, R"({"phone":""})", {{"X-HSS-Role", role}}).status == 403);
  }
  AccountsApi api;
  const std::string body = R"({"phone":"012 555 0134"})";
  CHECK(api.get(business_path).status == 200);
  CHECK(api.send("PATCH", admin_path, "", body).status == 401);
  CHECK(api.send("PATCH", admin_path, api.sign_in(Role::staff), body).status == 403);
  const std::string admin = api.sign_in(Role::admin);
  CHECK(api.send("PATCH", admin_path, admin, body).status == 200);
  const std::string kiosk = body_of(api.unlock_with_password(
      api.open_kiosk(admin), api.id_of("admin@x.co.za"), good_password))["token"];
  CHECK(api.send("PATCH", admin_path, kiosk, body).status == 403);
  CHECK(api.send("POST", admin_path, admin, body).status == 405);
  CHECK(api.send("PATCH", business_path, admin, body).status == 405);
  CHECK(api.get("/api/v1/business/terms").status == 404);
  const Json trail = body_of(api.get("/api/v1/audit?event_type=business_changed", admin))["events"];
  REQUIRE(trail.size() == 1);
  CHECK(trail[0]["actor"] == "admin@x.co.za");
}

TEST_CASE("every session says who the business is, and which documents it has") {
  const Api api;
  change(api, {{"name", "Menlyn Boxes"},
               {"phone", "012 555 0134"},
               {"email", "hello@boxes.co.za"},
               {"prohibited", "Gas"},
               {"terms", {{"text", "Be kind."}}}});
  CHECK(body_of(api.get("/api/v1/auth/session"))["business"] ==
        Json{{"name", "Menlyn Boxes"},
             {"phone", "012 555 0134"},
             {"whatsapp", ""},
             {"email", "hello@boxes.co.za"},
             {"documents", {"terms", "prohibited"}},
             {"payment_methods", {"card", "eft", "cash"}}});
}
