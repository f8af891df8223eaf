// The cost of a poll that finds nothing new: ETag, If-None-Match and 304.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <regex>

#include "api/api_fixture.h"
#include "api/site/openapi.h"

using namespace hss::test;
using hss::api::Caching;

namespace {

hss::api::Response ask(const Api& api, const std::string& target, const std::string& etag,
                       const std::string& role = "admin", const std::string& method = "GET") {
  return api.send(method, target, "", {{"X-HSS-Role", role}, {"If-None-Match", etag}});
}

std::string etag_of(const Api& api, const std::string& target, const std::string& role = "admin") {
  return header_of(api.get(target, role), "ETag");
}

std::atomic<int> looks = 0;

}  // namespace

TEST_CASE("an answer that is known is 304 without a body, on each route that the document marks") {
  const Api api;
  const Json document = Json::parse(hss::api::openapi_json);
  int marked = 0;
  for (const auto& route : hss::api::routes()) {
    std::string documented(route.pattern);
    documented = std::regex_replace(documented, std::regex(":(id|variant)\\b"), "{$1}");
    const std::string path = is_in_demo_mode(route) ? api.path_to(route) : documented;
    INFO(route.method << " " << path);
    const bool is_marked =
        route.method == "GET" && document["paths"][documented]["get"]["responses"].contains("304");
    const bool has_etag =
        route.again != Caching::not_cached && route.again != Caching::never_replayed;
    CHECK(is_marked == has_etag);
    if (route.method != "GET" || !is_in_demo_mode(route)) continue;
    const auto first = api.get(path, "admin");
    CHECK(first.status == 200);
    const std::string etag = header_of(first, "ETag");
    CHECK(etag.starts_with("W/\"") == is_marked);
    const auto again = ask(api, path, etag);
    CHECK(again.status == (is_marked ? 304 : 200));
    if (!is_marked) continue;
    ++marked;
    CHECK(again.content().empty());
    CHECK(header_of(again, "Content-Type") == "(none)");
    CHECK(header_of(again, "X-Request-Id") != "(none)");
    for (const auto& response : {first, again}) {
      CHECK(header_of(response, "ETag") == etag);
      CHECK(header_of(response, "Cache-Control") == "private, no-cache");
      CHECK(header_of(response, "Vary").starts_with("Authorization, X-HSS-Role"));
    }
  }
  CHECK(marked > 5);
}

TEST_CASE("after any change an answer has another ETag") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking();
  const std::string list = "/api/v1/bookings";
  std::string etag = etag_of(api, list);
  const std::vector<std::function<void()>> changes{
      [&] { api.booking(); }, [&] { api.patch(path + "/status", R"({"status":"approved"})"); },
      [&] { api.post(path + "/payment", ""); },
      [&] { api.post("/api/v1/notifications", R"({"message":"Soon"})"); },
      [&] {
        api.send("PATCH", path + "/status", R"({"status":"submitted"})",
                 {{"Idempotency-Key", "k"}});
      }};
  for (const auto& change : changes) {
    change();
    const auto response = ask(api, list, etag);
    CHECK(response.status == 200);
    CHECK(header_of(response, "ETag") != etag);
    etag = header_of(response, "ETag");
    CHECK(ask(api, list, etag).status == 304);
  }
}

TEST_CASE("a booking's ETag is the same for every caller, and changes with that booking alone") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking();
  std::string etag = etag_of(api, path);
  for (const char* role : {"customer", "staff", "admin"}) {
    CHECK(ask(api, path, etag, role).status == 304);
  }
  const std::string other = "/api/v1/bookings/" + api.booking("collected");
  api.post("/api/v1/notifications", R"({"message":"Soon"})");
  CHECK(ask(api, path, etag).status == 304);
  CHECK(etag_of(api, other) != etag);
  const std::vector<std::function<void()>> changes{
      [&] { api.patch(path, R"({"phone":"082 555 0123"})"); },
      [&] { api.patch(path + "/status", R"({"status":"approved"})"); },
      [&] { api.post(path + "/payment", ""); },
      [&] { api.post(path + "/failed-trip", R"({"client_id":"a","reason":"Rain"})", "staff"); }};
  for (const auto& change : changes) {
    change();
    const auto response = ask(api, path, etag);
    CHECK(response.status == 200);
    CHECK(header_of(response, "ETag") != etag);
    etag = header_of(response, "ETag");
  }
}

TEST_CASE("what changes nothing leaves the ETag as it is") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking();
  const std::string etag = etag_of(api, path);
  api.get("/api/v1/bookings");
  api.get("/health");
  api.post("/api/v1/bookings", "{}");
  api.post(path + "/payment", "");
  api.patch(path + "/status", R"({"status":"submitted"})");
  CHECK(ask(api, path, etag).status == 304);
}

TEST_CASE("one caller's ETag is never another's") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking() + "/history";
  const auto as = [&](const char* email, const std::string& etag) {
    const std::string token =
        body_of(api.post("/api/v1/auth/login", Json{{"email", email}}.dump()))["token"];
    return api.send("GET", path, "",
                    {{"Authorization", "Bearer " + token}, {"If-None-Match", etag}});
  };
  const std::string etag = header_of(as("thandi@tuks.co.za", ""), "ETag");
  CHECK(as("thandi@tuks.co.za", etag).status == 304);
  CHECK(as("sipho@tuks.co.za", etag).status == 200);
  CHECK(ask(api, path, etag, "customer").status == 200);
  CHECK(ask(api, path, etag_of(api, path, "staff"), "admin").status == 200);
}

TEST_CASE("an ETag is of one address, its query included") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking();
  const std::string other = "/api/v1/bookings/" + api.booking();
  const std::string etag = etag_of(api, path);
  CHECK(ask(api, other, etag).status == 200);
  CHECK(ask(api, path + "/history", etag).status == 200);
  CHECK(ask(api, "/api/v1/bookings/HSS-0000000000", etag).status == 404);
  const std::string list = etag_of(api, "/api/v1/bookings?limit=1");
  CHECK(ask(api, "/api/v1/bookings?limit=2", list).status == 200);
  CHECK(ask(api, "/api/v1/bookings", list).status == 200);
  CHECK(ask(api, "/api/v1/bookings?limit=1", list).status == 304);
}

TEST_CASE("a refusal stays one, whatever the client says it knows") {
  const Api api;
  api.booking();
  const std::string queue = etag_of(api, "/api/v1/staff/queue");
  for (const std::string& etag : {queue, std::string("*")}) {
    CHECK(ask(api, "/api/v1/staff/queue", etag, "customer").status == 403);
    CHECK(ask(api, "/api/v1/staff/queue?limit=x", etag).status == 400);
    CHECK(ask(api, "/api/v1/staff/queue?cursor=none-of-ours", etag).status == 400);
    CHECK(ask(api, "/api/v1/bookings/HSS-0000000000", etag).status == 404);
    CHECK(ask(api, "/api/v1/bookings/HSS-0000000000/history", etag).status == 404);
  }
}

TEST_CASE("If-None-Match takes several tags, weak or not, and a star") {
  const Api api;
  api.booking();
  const std::string list = "/api/v1/bookings";
  const std::string etag = etag_of(api, list);
  for (const std::string& known :
       {etag, etag.substr(2), "W/\"a\", " + etag, etag + " ,\"b\"", std::string("*")}) {
    INFO(known);
    CHECK(ask(api, list, known).status == 304);
    CHECK(ask(api, list, known, "admin", "HEAD").status == 304);
    CHECK(header_of(ask(api, list, known), "ETag") == etag);
  }
  for (const std::string& unknown : {std::string(), std::string("W/\"a\""), etag.substr(3),
                                     etag.substr(0, etag.size() - 2) + "\""}) {
    INFO(unknown);
    CHECK(ask(api, list, unknown).status == 200);
  }
}

TEST_CASE("an ETag does not outlive the week, of which statistics tell") {
  Api api;
  const std::string etag = etag_of(api, "/api/v1/admin/statistics");
  // The clock goes from Sunday 10:00 in Pretoria to Monday.
  api.clock.advance(std::chrono::hours(14) - std::chrono::milliseconds(1));
  CHECK(ask(api, "/api/v1/admin/statistics", etag).status == 304);
  api.clock.advance(std::chrono::milliseconds(1));
  CHECK(ask(api, "/api/v1/admin/statistics", etag).status == 200);
}

TEST_CASE("where origins are listed, Vary names the origin as well") {
  const Api api({"https://kiosk.example"});
  CHECK(header_of(api.get("/api/v1/bookings"), "Vary") == "Authorization, X-HSS-Role, Origin");
}

TEST_CASE("a poll that finds nothing new does not look at the data") {
  const std::vector<hss::api::Route> counting{
      {"GET", "/api/v1/count", for_anyone,
       [](const hss::api::Request&, const hss::api::Services&) -> hss::api::Query {
         return [](hss::domain::Reader&) {
           ++looks;
           return hss::api::Response{};
         };
       },
       Caching::with_etag}};
  const Api api(counting);
  looks = 0;
  const std::string etag = etag_of(api, "/api/v1/count");
  CHECK(looks == 1);
  CHECK(ask(api, "/api/v1/count", etag).status == 304);
  CHECK(looks == 1);
}

TEST_CASE("behind a proxy that packs answers a poll that finds nothing new was never 304") {
  const Api api;
  api.booking();
  const std::string path = "/api/v1/bookings";
  const std::string etag = etag_of(api, path);
  const std::string tag = etag.substr(3, etag.size() - 4);
  for (const std::string& changed :
       {"W/\"" + tag + "-gzip\"", "\"" + tag + "-gzip\"", "\"" + tag + "\"", "W/\"" + tag + "-br\"",
        "W/\"" + tag + "-zstd\"", "\"" + tag + "-deflate\"", "W/\"" + tag + ";gzip\"",
        "\"" + tag + "\"-gzip", "\"" + tag + "--gzip\"", "\"x\", W/\"" + tag + "-gzip\" , \"y\"",
        std::string("*")}) {
    INFO(changed);
    CHECK(ask(api, path, changed).status == 304);
    CHECK(ask(api, path, changed, "admin", "HEAD").status == 304);
  }
  for (const std::string& another :
       {"W/\"" + tag + "-gzi\"", "W/\"" + tag + "x-gzip\"", "W/\"x" + tag + "-gzip\"",
        "W/\"" + tag.substr(1) + "\"", std::string("W/\"-gzip\""), std::string("-gzip"),
        std::string("\"\""), std::string("W/\"\""), tag + "-gzip-gzip-gzip"}) {
    INFO(another);
    CHECK(ask(api, path, another).status == 200);
  }
  api.booking();
  CHECK(ask(api, path, "W/\"" + tag + "-gzip\"").status == 200);
}
