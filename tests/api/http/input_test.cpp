// Bad input of all kinds gets a clear 4xx, in the contract's shape.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/api_fixture.h"
#include "api/http/json.h"

using namespace hss::test;

namespace {

void check_rejected(const hss::api::Response& response, int status) {
  CHECK(response.status == status);
  const Json body = body_of(response);
  REQUIRE(body.is_object());
  CHECK(body["error"]["message"].is_string());
  CHECK(body["request_id"] == header_of(response, "X-Request-Id"));
}

std::string nested(int depth) {
  return "{\"a\":" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

}  // namespace

TEST_CASE("a whole address serves its path, and none that only stands in its query or fragment") {
  const Api api;
  const auto at = [&](const std::string& target) { return api.get(target, "admin"); };
  CHECK(at("http://x/api/v1/admin/overview").status == 200);
  CHECK(at("HTTPS://x/api/v1/admin/overview?a=/b").status == 200);
  for (const char* root : {"http://x?/api/v1/admin/overview", "http://x/?/api/v1/admin/overview",
                           "http://x:1?a=http://x/api/v1/admin/overview", "http://x"}) {
    INFO(root);
    CHECK(at(root).content().find("total_bookings") == std::string::npos);
    CHECK(at(root).status == at("/").status);
  }
  for (const char* none : {"http://x#/api/v1/admin/overview", "http://x/#/api/v1/admin/overview",
                           "http://x/api/v1/admin/overview#top", "http:///api/v1/admin/overview",
                           "https://", "http://?/api/v1/admin/overview"}) {
    INFO(none);
    check_rejected(at(none), 400);
  }
}

TEST_CASE("a body that is not a JSON object in UTF-8 is refused") {
  const Api api;
  for (const std::string& body :
       {std::string("{"), std::string("nonsense"), std::string("[]"), std::string("\"text\""),
        std::string("1"), std::string("null"), std::string("{\"email\":1e999}"),
        std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":\"\xed\xa0\x80\"}"),
        std::string("{\"a\":\"\xc0\x80\"}"), std::string("{\"a\":\"\\ud800\"}"),
        std::string("{\"a\":1}x"), std::string("{\"a\":NaN}"), std::string("\0", 1),
        std::string("{'a':1}"), nested(40), nested(300000), std::string()}) {
    INFO(body.substr(0, 40));
    check_rejected(api.post("/api/v1/bookings", body), 400);
    check_rejected(api.post("/api/v1/quotes", body), 400);
    check_rejected(api.post("/api/v1/auth/login", body), 400);
    check_rejected(api.post("/api/v1/notifications", body), 400);
  }
  CHECK(api.reported.empty());
}

TEST_CASE("a body of a hundred thousand members is refused in no time") {
  // This took 11 s while members were looked up one by one.
  std::string body = "{";
  for (int i = 0; i < 100'000; ++i) body += "\"" + std::to_string(i) + "\":0,";
  body.back() = '}';
  check_rejected(Api().post("/api/v1/quotes", body), 400);
}

TEST_CASE("a method that is no text is refused as any other") {
  const Api api;
  check_rejected(api.send("\xff", "/api/v1/bookings"), 405);
  check_rejected(api.send("G\xc3", "/"), 405);
}

TEST_CASE("a header that decides something and is there twice is refused") {
  const Api api;
  const auto response =
      api.send("GET", "/api/v1/audit", "", {{"X-HSS-Role", "customer"}, {"x-hss-role", "admin"}});
  check_rejected(response, 400);
}

TEST_CASE("an address may be whole, as to a proxy") {
  const Api api;
  CHECK(api.get("http://127.0.0.1:8081/api/v1/catalog").status == 200);
  CHECK(api.get("HTTP://h/health?x=1").status == 200);
}

TEST_CASE("brackets in strings are not nesting") {
  const Api api;
  Json body = booking_body();
  body["address"] = "Unit " + std::string(60, '[') + "\\\"" + std::string(60, '{');
  CHECK(api.post("/api/v1/bookings", body.dump()).status == 201);
}

TEST_CASE("a body over the limit is 413") {
  check_rejected(Api().post("/api/v1/bookings", std::string(1024 * 1024 + 1, ' ')), 413);
}

TEST_CASE("a body of another type is 415, and JSON is taken with parameters") {
  const Api api;
  const auto as = [&](const char* type, const std::string& body) {
    return api.send("POST", "/api/v1/bookings", body, {{"Content-Type", type}});
  };
  check_rejected(as("text/plain", booking_body().dump()), 415);
  check_rejected(as("multipart/form-data; boundary=x", booking_body().dump()), 415);
  CHECK(as("application/json; charset=utf-8", booking_body().dump()).status == 201);
  CHECK(as("Application/JSON", booking_body().dump()).status == 201);
  CHECK(as("application/vnd.hss+json", booking_body().dump()).status == 201);
}

TEST_CASE("addresses that no client should send are refused") {
  const Api api;
  for (const std::string& target :
       {std::string("/api/v1/bookings/%00"), std::string("/api/v1/bookings/a%"),
        std::string("/api/v1/bookings/%zz"), std::string("/api/v1/bookings/%ff"),
        std::string("/api/v1/bookings/%1b%5b2J"), std::string("/api/v1/bookings?q=%00"),
        std::string("/api/v1/bookings?q=%c3"), "/api/v1/bookings/" + std::string(8000, 'a'),
        std::string("api/v1/bookings"), std::string("*")}) {
    INFO(target.substr(0, 60));
    check_rejected(api.get(target), 400);
  }
}

TEST_CASE("paths are compared decoded, segment by segment") {
  const Api api;
  const std::string id = api.booking();
  CHECK(api.get("/api/v1/%62ookings/" + id).status == 200);
  CHECK(api.get("/%61pi/v1/catalog").status == 200);
  CHECK(api.get("/api/v1/bookings/" + id + "%2Fstatus").status == 404);
  CHECK(api.get("/api/v1/bookings/..%2F..%2Fetc").status == 404);
}

TEST_CASE("UTF-8 is what RFC 3629 says") {
  using hss::api::is_utf8;
  for (const char* text :
       {"", "a", "é", "€", "😀", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    INFO(text);
    CHECK(is_utf8(text));
  }
  for (const char* text :
       {"\x80", "\xc3", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xe2\x82",
        "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe2\x28\xa1"}) {
    CHECK_FALSE(is_utf8(text));
  }
}
