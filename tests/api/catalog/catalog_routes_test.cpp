// What can be stored and what that costs: an administrator says it, customers choose from it.
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"
#include "domain/catalog/catalog.h"

using namespace hss::test;
using hss::domain::Role;

namespace {

const std::string admin_path = "/api/v1/admin/catalog";

Json catalog(const Api& api) {
  Json body = body_of(api.get(admin_path, "admin"));
  body.erase("request_id");
  return body;
}

hss::api::Response put(const Api& api, const Json& body, hss::api::Fields headers = {}) {
  headers.emplace_back("X-HSS-Role", "admin");
  return api.send("PUT", admin_path, body.dump(), std::move(headers));
}

Json& item(Json& catalog, const std::string& type) {
  for (Json& each : catalog["items"]) {
    if (each["type"] == type) return each;
  }
  throw std::runtime_error("no " + type);
}

Json bicycle() {
  return {{"type", "bicycle"}, {"label", "Bicycle"}, {"icon", "bicycle"}, {"monthly_price", 150.5}};
}

/// Fridges are offered no longer, and bicycles are, before all others.
Json changed(const Api& api) {
  Json wanted = catalog(api);
  item(wanted, "fridge")["offered"] = false;
  wanted["items"].insert(wanted["items"].begin(), bicycle());
  return wanted;
}

Json events(const Api& api) {
  return body_of(api.get("/api/v1/audit?event_type=catalog_changed", "admin"))["events"];
}

std::vector<std::string> offered_types(const Api& api) {
  std::vector<std::string> types;
  const Json body = body_of(api.get("/api/v1/catalog"));
  for (const Json& each : body["items"]) types.push_back(each["type"]);
  return types;
}

hss::api::Response quote(const Api& api, const std::string& type) {
  return api.send("POST", "/api/v1/quotes",
                  Json{{"items", {{{"type", type}}}}, {"duration_months", 2}}.dump());
}

}  // namespace

TEST_CASE("GET /admin/catalog has today's values while nothing is saved") {
  const Api api;
  CHECK(catalog(api) == Json::parse(R"({"items":[
    {"type":"bed","label":"Bed","icon":"bed","monthly_price":250,"offered":true},
    {"type":"box","label":"Box","icon":"box","monthly_price":60,"offered":true},
    {"type":"fridge","label":"Fridge","icon":"fridge","monthly_price":300,"offered":true},
    {"type":"other","label":"Other item","icon":"other","monthly_price":120,"offered":true},
    {"type":"suitcase","label":"Suitcase","icon":"suitcase","monthly_price":80,"offered":true}],
    "handling_fee":350,"extra_charges":[]})"));
}

TEST_CASE("customers choose from what is offered, in the owner's order, at the owner's prices") {
  const Api api;
  Json wanted = changed(api);
  wanted["handling_fee"] = 400;
  wanted["extra_charges"] = {{{"name", "Stairs"}, {"amount", 50}}};
  const auto response = put(api, wanted);
  CHECK(response.status == 200);
  CHECK(header_of(response, "ETag") == header_of(api.get(admin_path, "admin"), "ETag"));
  CHECK(body_of(response)["extra_charges"][0] == Json{{"name", "Stairs"}, {"amount", 50}});

  const Json offered = body_of(api.get("/api/v1/catalog"));
  CHECK(offered_types(api) ==
        std::vector<std::string>{"bicycle", "bed", "box", "other", "suitcase"});
  CHECK(offered["items"][0] == bicycle());
  CHECK(offered["handling_fee"] == 400);
  CHECK_FALSE(offered.contains("extra_charges"));

  CHECK(body_of(quote(api, "bicycle"))["total"] == 701);
  const std::string types = "one of ['bicycle', 'bed', 'box', 'other', 'suitcase']";
  const auto rejected = quote(api, "fridge");
  CHECK(rejected.status == 400);
  CHECK(details_of(rejected) == std::vector{"items[1].type must be " + types});
  Json body = booking_body();
  body["items"] = {{{"type", "box"}}, {{"type", "fridge"}}};
  body.erase("pricing");
  body["duration_months"] = 1;
  const auto rejected = api.send("POST", "/api/v1/bookings", body.dump());
  CHECK(rejected.status == 400);
  CHECK(body_of(rejected)["error"]["message"] == "The booking has faults");
  CHECK(details_of(rejected) == std::vector{"items[2].type must be " + types});
  body["email"] = "";
  CHECK(details_of(api.send("POST", "/api/v1/bookings", body.dump())) ==
        std::vector<std::string>{"email is required", "items[2].type must be " + types});
}

TEST_CASE("a booking keeps the labels and prices at which it was made") {
  const Api api;
  const std::string id = api.booking();
  const std::string path = "/api/v1/bookings/" + id;
  const Json before = body_of(api.get(path));
  Json wanted = changed(api);
  for (Json& each : wanted["items"]) {
    each["label"] = "A " + each["label"].get<std::string>();
    each["monthly_price"] = 1;
  }
  CHECK(put(api, wanted).status == 200);
  const Json after = body_of(api.get(path));
  CHECK(after["items"] == before["items"]);
  CHECK(after["total"] == before["total"]);
  CHECK(before["items"][0]["item_label"] == "Bed");
  CHECK(before["items"][0]["monthly_price"] == 250);
  CHECK(before["items"][0]["icon"] == "bed");
}

TEST_CASE("the trail says what each changed part of the catalogue was and is") {
  const Api api;
  CHECK(put(api, changed(api)).status == 200);
  Json wanted = catalog(api);
  std::swap(wanted["items"][0], wanted["items"][1]);
  wanted["handling_fee"] = 360.5;
  wanted["extra_charges"] = {{{"name", "Stairs"}, {"amount", 50}},
                             {{"name", "Failed trip"}, {"amount", 99.99}}};
  CHECK(put(api, wanted).status == 200);
  CHECK(put(api, wanted).status == 200);
  const Json trail = events(api);
  REQUIRE(trail.size() == 2);
  CHECK(trail[1]["payload"] ==
        Json{{"items_from", "Fridge (fridge) R 300 a month, icon fridge"},
             {"items_to",
              "Bicycle (bicycle) R 150.50 a month, icon bicycle; Fridge (fridge) R 300 a month, "
              "icon fridge, not offered"}});
  CHECK(trail[0]["payload"] == Json{{"order_from", "bicycle, bed, box, fridge, other, suitcase"},
                                    {"order_to", "bed, bicycle, box, fridge, other, suitcase"},
                                    {"handling_fee_from", "350"},
                                    {"handling_fee_to", "360.50"},
                                    {"extra_charges_from", ""},
                                    {"extra_charges_to", "Stairs R 50; Failed trip R 99.99"}});
  CHECK(trail[0]["actor_role"] == "admin");
  CHECK(body_of(api.send("POST", "/api/v1/audit/verification", "",
                         {{"X-HSS-Role", "admin"}}))["intact"] == true);
}

TEST_CASE("a type that was saved stays, and nothing of a catalogue that leaves it out is saved") {
  const Api api;
  CHECK(put(api, changed(api)).status == 200);
  Json wanted = catalog(api);
  wanted["items"] = Json::array(
      {item(wanted, "bed"), item(wanted, "box"), item(wanted, "other"), item(wanted, "suitcase")});
  wanted["handling_fee"] = 1;
  const auto rejected = put(api, wanted);
  CHECK(rejected.status == 400);
  CHECK(details_of(rejected) ==
        std::vector<std::string>{
            "items must keep the type 'bicycle', as bookings may have it; set offered to false "
            "instead",
            "items must keep the type 'fridge', as bookings may have it; set offered to false "
            "instead"});
  CHECK(catalog(api)["handling_fee"] == 350);
  CHECK(details_of(put(api, {{"items", Json::array()}})) ==
        std::vector<std::string>{"handling_fee is required"});
}

TEST_CASE("a catalogue of an earlier view changes nothing") {
  const Api api;
  const std::string old = header_of(api.get(admin_path, "admin"), "ETag");
  const auto first = put(api, changed(api), {{"If-Match", old}});
  CHECK(first.status == 200);
  Json late = catalog(api);
  late["handling_fee"] = 1;
  CHECK(code_of(put(api, late, {{"If-Match", old}})) == "precondition_failed");
  CHECK(catalog(api)["handling_fee"] == 350);
  CHECK(put(api, late, {{"If-Match", header_of(first, "ETag")}}).status == 200);
  CHECK(api.send("GET", admin_path, "", {{"X-HSS-Role", "admin"}, {"If-None-Match", old}}).status ==
        200);
}

TEST_CASE("the document has the icons that the catalogue takes") {
  const Json document = body_of(Api().get("/api/v1/openapi.json"));
  CHECK(document["components"]["schemas"]["ItemIcon"]["enum"] ==
        Json(hss::domain::all_item_icons));
}

TEST_CASE("only an administrator sees or changes the catalogue") {
  const Api api;
  for (const char* role : {"customer", "staff"}) {
    INFO(role);
    CHECK(api.get(admin_path, role).status == 403);
    CHECK(api.send("PUT", admin_path, "{}", {{"X-HSS-Role", role}}).status == 403);
  }
}
