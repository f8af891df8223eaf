// The other routes, and the rules for every route.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/api_fixture.h"
#include "api/site/openapi.h"
#include "config/version.h"
#include "domain/error.h"

using namespace hss::test;

TEST_CASE("GET /health says that the service can read and write") {
  const Api api;
  const auto response = api.get("/health");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["status"] == "ok");
  CHECK(body["service"] == "hss-backend");
  CHECK(body["version"] == hss::version);
  CHECK(body["timestamp"] == "2026-11-22T08:00:00.000Z");
}

TEST_CASE("GET /catalog gives the prices that bookings are made at") {
  const Json body = body_of(Api().get("/api/v1/catalog"));
  Json prices;
  for (const Json& item : body["items"])
    prices[item["type"].get<std::string>()] = item["monthly_price"];
  CHECK(prices == Json::parse(R"({"bed":250,"box":60,"fridge":300,"other":120,"suitcase":80})"));
  CHECK(body["handling_fee"] == 350);
  CHECK(body["currency"] == "ZAR");
  CHECK(body["min_months"] == 1);
  CHECK(body["max_months"] == 12);
  CHECK(body["photo_uploads"] == true);
}

TEST_CASE("POST /quotes prices items without booking them") {
  const Api api;
  const auto response = api.post(
      "/api/v1/quotes", R"({"items":[{"type":"bed"},{"type":"other"}],"duration_months":3})");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["monthly_subtotal"] == 370);
  CHECK(body["total"] == 1460);
  CHECK(api.post("/api/v1/quotes", R"({"items":[],"duration_months":13})").status == 400);
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 0);
}

TEST_CASE("POST /auth/login takes a wanted role, or infers it from the address") {
  struct Row {
    const char* body;
    const char* role;
  };
  const auto row =
      GENERATE(values<Row>({{R"({"email":"thandi@tuks.co.za"})", "customer"},
                            {R"({"email":"Staff.one@x.co.za"})", "staff"},
                            {R"({"email":"sipho@hss-ops.co.za"})", "staff"},
                            {R"({"email":"admin@x.co.za"})", "admin"},
                            {R"({"email":"owner@hss-admin.co.za"})", "admin"},
                            {R"({"email":"admin@x.co.za","role":"customer"})", "customer"},
                            {R"({"email":"a@x.co.za","role":"captain"})", "customer"}}));
  const Api api;
  INFO(row.body);
  const Json body = body_of(api.post("/api/v1/auth/login", row.body));
  CHECK(body["role"] == row.role);
  CHECK(body["expires_in"] == 28800);
}

TEST_CASE("POST /auth/login refuses what is no address") {
  const Api api;
  for (const char* body :
       {"{}", R"({"email":"x"})", R"({"email":5})", R"({"email":"a@b.co","role":1})"}) {
    INFO(body);
    CHECK(api.post("/api/v1/auth/login", body).status == 400);
  }
}

TEST_CASE("POST /auth/login took a password that is no text where none is asked") {
  const Api api;
  const auto response = api.post("/api/v1/auth/login", R"({"email":"a@b.co","password":1})");
  CHECK(response.status == 400);
  CHECK(details_of(response) == std::vector<std::string>{"password must be a string"});
  CHECK(api.post("/api/v1/auth/login", R"({"email":"a@b.co","password":null})").status == 200);
}

TEST_CASE("a token of this server wins over the role header, until it ends") {
  Api api;
  const std::string token =
      body_of(api.post("/api/v1/auth/login", R"({"email":"admin@x.co.za"})"))["token"];
  const auto overview = [&](const std::string& authorization) {
    return api
        .send("GET", "/api/v1/admin/overview", "",
              {{"Authorization", authorization}, {"X-HSS-Role", "customer"}})
        .status;
  };
  CHECK(overview("Bearer " + token) == 200);
  CHECK(overview("bearer " + token) == 200);
  CHECK(overview("Bearer " + token + "x") == 403);
  CHECK(overview("Bearer yesterday's") == 403);
  CHECK(overview("Bearer") == 403);
  api.clock.advance(std::chrono::hours(9));
  CHECK(overview("Bearer " + token) == 403);
}

TEST_CASE("GET /admin/overview and /admin/bookings are for administrators") {
  const Api api;
  api.booking("collected");
  for (const char* path : {"/api/v1/admin/overview", "/api/v1/admin/bookings"}) {
    CHECK(api.get(path, "customer").status == 403);
    CHECK(api.get(path, "staff").status == 403);
    CHECK(details_of(api.get(path, "staff")) ==
          std::vector<std::string>{"required_roles=['admin']"});
    CHECK(api.get(path, "admin").status == 200);
  }
  const Json body = body_of(api.get("/api/v1/admin/overview", "admin"));
  CHECK(body["total_bookings"] == 1);
  CHECK(body["gross_value"] == 1280);
  CHECK(body["booked_value"] == 1280);
  CHECK(body["paid_revenue"] == 1280);
  CHECK(body["status_breakdown"].size() == 8);
  CHECK(body["status_breakdown"][3] == Json::parse(R"({"status":"collected","count":1})"));
}

TEST_CASE("GET /audit shows each write to staff, with who and in which request") {
  const Api api;
  const std::string id = api.booking();
  api.send("POST", "/api/v1/staff/bookings/" + id + "/approve", "",
           {{"X-HSS-Role", "staff"}, {"X-Request-Id", "approve-1"}});
  CHECK(api.get("/api/v1/audit").status == 403);
  const Json body = body_of(api.get("/api/v1/audit?booking_id=" + id, "staff"));
  REQUIRE(body["events"].size() == 2);
  const Json& event = body["events"][0];
  CHECK(event["id"] == 2);
  CHECK(event["event_type"] == "status_updated");
  CHECK(event["booking_id"] == id);
  CHECK(event["payload"] ==
        Json::parse(R"({"from":"submitted","to":"approved","actor_role":"staff"})"));
  CHECK(event["actor"] == "demo");
  CHECK(event["actor_role"] == "staff");
  CHECK(event["request_id"] == "approve-1");
  CHECK(event["created_at"] == "2026-11-22T08:00:00.000Z");
  CHECK(body["next_cursor"].is_null());
  const Json paged = body_of(api.get("/api/v1/audit?limit=1", "staff"));
  CHECK(paged["next_cursor"] == "2");
  CHECK(body_of(api.get("/api/v1/audit?cursor=2", "staff"))["events"][0]["id"] == 1);
}

TEST_CASE("POST /audit/verification says to administrators whether the trail is whole") {
  const Api api;
  api.booking("approved");
  const std::string path = "/api/v1/audit/verification";
  for (const char* body : {"", "{}"}) {
    const auto response = api.post(path, body, "admin");
    CHECK(response.status == 200);
    Json found = body_of(response);
    CHECK(found["request_id"] == header_of(response, "X-Request-Id"));
    found.erase("request_id");
    CHECK(found == Json::parse(R"({"intact":true,"events":2,"fault":null,
                                   "checked_at":"2026-11-22T08:00:00.000Z"})"));
  }
  CHECK(api.post(path, "{", "admin").status == 400);
  for (const char* role : {"customer", "staff"}) {
    const auto rejected = api.post(path, "", role);
    CHECK(rejected.status == 403);
    CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin']"});
  }
  CHECK(api.get(path, "admin").status == 405);
}

TEST_CASE("POST /audit/verification tells what was changed outside the program, for a person") {
  TempFolder folder;
  const Api api(hss::api::routes(), {"*"}, folder.file("hss.db"));
  const std::string id = api.booking();
  SQLite::Database database(folder.file("hss.db"), SQLite::OPEN_READWRITE);
  database.exec(
      "DROP TRIGGER bookings_step; UPDATE bookings SET status = 'returned', updated_at = ''");
  const Json body = body_of(api.post("/api/v1/audit/verification", "", "admin"));
  CHECK(body["intact"] == false);
  CHECK(body["events"] == 1);
  CHECK(body["fault"] == "Booking " + id + " is returned, but its last audit event says submitted");
}

TEST_CASE("POST /notifications stores the message") {
  const Api api;
  const std::string id = api.booking();
  const auto response = api.post("/api/v1/notifications",
                                 Json{{"message", " We come at nine "}, {"booking_id", id}}.dump());
  CHECK(response.status == 202);
  const Json body = body_of(response);
  CHECK(body["accepted"] == true);
  CHECK(body["message"] == "We come at nine");
  CHECK(body_of(api.get("/api/v1/audit?event_type=notification", "staff"))["events"].size() == 1);
  CHECK(api.post("/api/v1/notifications", R"({"message":""})").status == 400);
  CHECK(api.post("/api/v1/notifications", R"({"message":7,"booking_id":[]})").status == 400);
  CHECK(api.post("/api/v1/notifications", R"({"message":"x","booking_id":"HSS-0000000000"})")
            .status == 404);
}

TEST_CASE(
    "GET /bookings/{id}/notifications gives what was written about that booking, newest first") {
  const Api api;
  const std::string id = api.booking(), other = api.booking();
  const std::string path = "/api/v1/bookings/" + id + "/notifications";
  CHECK(body_of(api.get(path))["notifications"].empty());
  const auto write = [&](const char* message, const Json& about) {
    CHECK(
        api.post("/api/v1/notifications", Json{{"message", message}, {"booking_id", about}}.dump())
            .status == 202);
  };
  write("We come at nine", id);
  write("We come at ten", id);
  write("Of somebody else", other);
  write("To everybody", nullptr);
  const auto response = api.get(path);
  CHECK(response.status == 200);
  CHECK(header_of(response, "ETag") != "(none)");
  CHECK(body_of(response)["notifications"] ==
        Json::parse(R"([{"message":"We come at ten","created_at":"2026-11-22T08:00:00.000Z"},
                        {"message":"We come at nine","created_at":"2026-11-22T08:00:00.000Z"}])"));
  CHECK(body_of(response)["next_cursor"].is_null());
  CHECK(api.get("/api/v1/bookings/HSS-0000000000/notifications").status == 404);
}

TEST_CASE("however many messages a booking has, they come page by page") {
  const Api api;
  const std::string id = api.booking(), other = api.booking();
  const std::string path = "/api/v1/bookings/" + id + "/notifications";
  for (int i = 0; i < 60; ++i) {
    const std::string about = i % 12 == 11 ? other : id;
    api.post("/api/v1/notifications",
             Json{{"message", std::to_string(i)}, {"booking_id", about}}.dump());
  }
  CHECK(body_of(api.get(path))["notifications"].size() == 50);
  std::vector<std::string> read;
  std::string cursor;
  for (;;) {
    const Json page = body_of(api.get(path + "?limit=20&cursor=" + cursor));
    CHECK(page["notifications"].size() <= 20);
    for (const Json& sent : page["notifications"]) read.push_back(sent["message"]);
    if (page["next_cursor"].is_null()) break;
    cursor = page["next_cursor"];
  }
  REQUIRE(read.size() == 55);
  CHECK(read.front() == "58");
  CHECK(read.back() == "0");
  CHECK(api.get(path + "?limit=x").status == 400);
  CHECK(api.get(path + "?cursor=x").status == 400);
}

TEST_CASE("the OpenAPI document has every route and no other") {
  const Json document = Json::parse(hss::api::openapi_json);
  std::size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [name, operation] : methods.items())
      operations += name != "parameters" ? 1u : 0u;
  }
  for (const auto& route : hss::api::routes()) {
    std::string path(route.pattern);
    for (const std::string name : {"id", "event_id", "variant"}) {
      const auto at = path.find("/:" + name);
      if (at != path.npos) path.replace(at, name.size() + 2, "/{" + name + "}");
    }
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    INFO(method << " " << path);
    REQUIRE(document["paths"].contains(path));
    CHECK(document["paths"][path].contains(method));
  }
  CHECK(operations == hss::api::routes().size());
  CHECK(Api().get("/api/v1/openapi.json").status == 200);
}

TEST_CASE("a path that is not there is 404 and a method that is not is 405 with Allow") {
  const Api api;
  for (const char* path : {"/api", "/api/", "/api/v1", "/api/v2/bookings", "/api/v1/bookings/",
                           "/api/v1/bookings/a/b", "/api/v1//bookings", "/api/app.js"}) {
    INFO(path);
    CHECK(api.get(path).status == 404);
    CHECK(code_of(api.get(path)) == "not_found");
  }
  const auto response = api.send("DELETE", "/api/v1/bookings");
  CHECK(response.status == 405);
  CHECK(code_of(response) == "method_not_allowed");
  CHECK(header_of(response, "Allow") == "POST, GET, HEAD, OPTIONS");
  CHECK(api.send("BREW", "/api/v1/catalog").status == 405);
  const auto no_id = api.send("DELETE", "/api/v1/uploads/presign");
  CHECK(no_id.status == 405);
  CHECK(header_of(no_id, "Allow") == "POST, OPTIONS");
}

TEST_CASE("HEAD works where GET does") {
  const Api api;
  for (const auto& route : hss::api::routes()) {
    if (route.method != "GET" || !is_in_demo_mode(route)) continue;
    const std::string path = api.path_to(route);
    INFO(path);
    CHECK(api.send("HEAD", path, "", {{"X-HSS-Role", "admin"}}).status == 200);
  }
}

TEST_CASE("a request id is taken where it is usable, and made where not") {
  const Api api;
  const auto id_for = [&](const std::string& given) {
    return header_of(api.send("GET", "/api/v1/catalog", "", {{"x-request-id", given}}),
                     "X-Request-Id");
  };
  CHECK(id_for("kiosk-7/42") == "kiosk-7/42");
  CHECK(id_for(std::string(128, 'a')) == std::string(128, 'a'));
  for (const std::string& bad : {std::string(), std::string(129, 'a'), std::string("a b"),
                                 std::string("é"), std::string("a\r\nSet-Cookie: x")}) {
    INFO(bad);
    CHECK(id_for(bad) != bad);
    CHECK(id_for(bad).size() > 16);
    CHECK(id_for(bad) != id_for(bad));
  }
}

TEST_CASE("where * is allowed any origin may call, and browsers may ask first") {
  const Api api;
  const auto preflight =
      api.send("OPTIONS", "/api/v1/bookings", "", {{"Origin", "https://a.example"}});
  CHECK(preflight.status == 204);
  CHECK(header_of(preflight, "Access-Control-Allow-Origin") == "*");
  CHECK(header_of(preflight, "Access-Control-Allow-Headers") ==
        "Content-Type, Authorization, X-HSS-Role, X-Request-Id, Idempotency-Key, If-None-Match, "
        "If-Match, Last-Event-ID, X-Amz-Checksum-Sha256");
  CHECK(header_of(preflight, "Access-Control-Allow-Methods") ==
        "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  const auto response = api.get("/api/v1/bookings/nope");
  CHECK(header_of(response, "Access-Control-Allow-Origin") == "*");
  CHECK(header_of(response, "Access-Control-Expose-Headers") ==
        "X-Request-Id, ETag, Location, Retry-After");
}

TEST_CASE("a configured list of origins is echoed, and only to those on it") {
  const Api api({"https://kiosk.example"});
  const auto from = [&](const char* origin) {
    return api.send("GET", "/api/v1/catalog", "", {{"Origin", origin}});
  };
  CHECK(header_of(from("https://kiosk.example"), "Access-Control-Allow-Origin") ==
        "https://kiosk.example");
  CHECK(header_of(from("https://kiosk.example"), "Vary") == "Origin");
  CHECK(header_of(from("https://evil.example"), "Access-Control-Allow-Origin") == "(none)");
  CHECK(header_of(from("https://evil.example"), "Vary") == "Origin");
}

TEST_CASE(
    "a failure that nobody foresaw is a 500 without its words, and is logged with its request") {
  const std::vector<hss::api::Route> broken{
      {"GET", "/health", for_anyone,
       [](const hss::api::Request&, const hss::api::Services&) -> hss::api::Response {
         throw std::runtime_error("no such table: sqlite_secret");
       }}};
  const Api api(broken);
  const auto response = api.send("GET", "/health", "", {{"X-Request-Id", "kiosk-7"}});
  CHECK(response.status == 500);
  CHECK(code_of(response) == "internal");
  CHECK(response.body.find("sqlite") == std::string::npos);
  CHECK(api.reported.find("no such table") != std::string::npos);
  CHECK(api.reported.find("kiosk-7") != std::string::npos);
}
