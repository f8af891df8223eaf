// A page of another site, open in the same browser, attacks a server without passwords.
#include "api/http/origin.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"
#include "domain/error.h"

using namespace hss::test;
using hss::api::AllowedOrigins;

namespace {

/// The default of `hss serve`.
const std::vector<std::string> by_default{"loopback"};

hss::api::Response send_from(const Api& api, const std::string& origin, const std::string& method,
                             const std::string& path, const std::string& body = "") {
  return api.send(method, path, body,
                  {{"X-HSS-Role", "admin"}, {"Host", "127.0.0.1:8081"}, {"Origin", origin}});
}

}  // namespace

TEST_CASE("a page of another site that somebody has open changes nothing in demo mode") {
  const Api api(by_default);
  const std::string booking = api.booking();
  for (const char* origin :
       {"https://evil.example", "null", "", "http://127.0.0.1.evil.example",
        "http://localhost.evil.example", "http://evil.example:8081", "file://",
        "http://127.0.0.1@evil.example", "http://evillocalhost", "https://192.168.1.7",
        "chrome-extension://abcdefgh", "http://128.0.0.1", "http://[::2]:80", "http://0.0.0.0"}) {
    INFO(origin);
    // `fetch(url, {mode: "no-cors", body: new Blob([json])})` sends it like this.
    const auto rejected = send_from(api, origin, "POST", "/api/v1/bookings", booking_body().dump());
    CHECK(rejected.status == 403);
    CHECK(code_of(rejected) == "forbidden");
    CHECK(header_of(rejected, "Access-Control-Allow-Origin") == "(none)");
  }
  const Json list = body_of(api.get("/api/v1/bookings"));
  CHECK(list["count"] == 1);
  CHECK(list["bookings"][0]["id"] == booking);
}

TEST_CASE("no route of demo mode that changes something is open to another site's page") {
  const Api api(by_default);
  int tried = 0;
  for (const auto& route : hss::api::routes()) {
    if (route.method == "GET" || !is_in_demo_mode(route)) continue;
    const std::string path = api.path_to(route);
    INFO(route.method << " " << path);
    const auto rejected =
        send_from(api, "https://evil.example", std::string(route.method), path, "{}");
    CHECK(rejected.status == 403);
    CHECK(rejected.body.find("--allow-origin https://evil.example") != std::string::npos);
    ++tried;
  }
  CHECK(tried > 10);
  // Future routes are protected, too.
  CHECK(send_from(api, "https://evil.example", "PUT", "/api/v1/uploads/1").status == 403);
}

TEST_CASE("a page of another site reads nothing in demo mode") {
  const Api api(by_default);
  api.booking();
  const auto answer = send_from(api, "https://evil.example", "GET", "/api/v1/bookings");
  // The browser hides it from the page.
  CHECK(header_of(answer, "Access-Control-Allow-Origin") == "(none)");
  CHECK(header_of(answer, "Access-Control-Expose-Headers") == "(none)");
  CHECK(header_of(answer, "Vary").find("Origin") != std::string::npos);
  const auto preflight = send_from(api, "https://evil.example", "OPTIONS", "/api/v1/bookings");
  CHECK(preflight.status == 204);
  CHECK(header_of(preflight, "Access-Control-Allow-Origin") == "(none)");
  CHECK(header_of(preflight, "Access-Control-Allow-Headers") == "(none)");
}

TEST_CASE("the server's own pages, and what is no page, work in demo mode as ever") {
  const Api api(by_default);
  const auto book = [&](hss::api::Fields headers) {
    return api.send("POST", "/api/v1/bookings", booking_body().dump(), std::move(headers)).status;
  };
  CHECK(book({}) == 201);
  CHECK(book({{"Host", "10.0.0.5:8081"}}) == 201);
  CHECK(book({{"Host", "10.0.0.5:8081"}, {"Origin", "http://10.0.0.5:8081"}}) == 201);
  CHECK(book({{"Host", "10.0.0.5:80"}, {"Origin", "http://10.0.0.5"}}) == 201);
  CHECK(book({{"Host", "[FE80::5]:8081"}, {"Origin", "http://[fe80::5]:8081"}}) == 201);
  CHECK(book({{"Host", "10.0.0.5:8081"}, {"Origin", "http://10.0.0.5:8082"}}) == 403);
  CHECK(book({{"Host", "10.0.0.5:8081"}, {"Origin", "https://10.0.0.5:8081"}}) == 403);
  // HTTP/1.0 names no host, so no page can be recognized as ours.
  CHECK(book({{"Origin", "http://10.0.0.5:8081"}}) == 403);

  hss::api::Request secure;
  secure.method = "POST";
  secure.target = "/api/v1/quotes";
  secure.body = R"({"items":[{"type":"bed"}],"duration_months":1})";
  secure.headers = {{"Host", "10.0.0.5"}, {"Origin", "https://10.0.0.5"}};
  secure.is_secure = true;
  CHECK(api.handle(secure).status == 200);
}

TEST_CASE("a frontend that this machine serves on another port works in demo mode") {
  const Api api(by_default);
  for (const std::string origin :
       {"http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:4321", "http://LOCALHOST",
        "https://hss.localhost:8443", "http://127.8.9.1"}) {
    INFO(origin);
    const auto made = send_from(api, origin, "POST", "/api/v1/bookings", booking_body().dump());
    CHECK(made.status == 201);
    CHECK(header_of(made, "Access-Control-Allow-Origin") == origin);
    CHECK(header_of(made, "Vary").find("Origin") != std::string::npos);
    CHECK(header_of(made, "Access-Control-Expose-Headers") ==
          "X-Request-Id, ETag, Location, Retry-After");
    const auto preflight = send_from(api, origin, "OPTIONS", "/api/v1/bookings");
    CHECK(header_of(preflight, "Access-Control-Allow-Origin") == origin);
    CHECK(header_of(preflight, "Access-Control-Allow-Headers") ==
          "Content-Type, Authorization, X-HSS-Role, X-Request-Id, Idempotency-Key, If-None-Match, "
          "If-Match, Last-Event-ID, X-Amz-Checksum-Sha256");
    CHECK(header_of(preflight, "Access-Control-Allow-Methods") ==
          "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
}

TEST_CASE("the flag --allow-origin says who may call, each as it was written") {
  const auto status = [](const std::vector<std::string>& allowed, const char* origin) {
    const Api api(allowed);
    return send_from(api, origin, "POST", "/api/v1/bookings", booking_body().dump()).status;
  };
  CHECK(status({"https://shop.example"}, "https://shop.example") == 201);
  CHECK(status({"HTTPS://Shop.Example:443"}, "https://shop.example") == 201);
  CHECK(status({"https://shop.example"}, "https://shop.example:444") == 403);
  CHECK(status({"https://shop.example"}, "http://shop.example") == 403);
  // An explicit list replaces the default.
  CHECK(status({"https://shop.example"}, "http://localhost:3000") == 403);
  CHECK(status({"https://shop.example", "loopback"}, "http://localhost:3000") == 201);
  CHECK(status({"https://shop.example", "loopback"}, "null") == 403);
  CHECK(status({"null"}, "null") == 201);
  CHECK(status({"null"}, "https://evil.example") == 403);
  CHECK(status({"*"}, "https://anybody.example") == 201);
  CHECK(status({"*"}, "null") == 201);
  const Api open({"*"});
  CHECK(header_of(send_from(open, "https://a.example", "GET", "/api/v1/catalog"),
                  "Access-Control-Allow-Origin") == "*");
}

TEST_CASE("an origin that no browser sends is refused where it is configured") {
  for (const char* text : {"shop.example", "https://shop.example/", "https://shop.example/book",
                           "https://*.example", "ftp://shop.example", "https://", "", "any",
                           "https://shop.example:port", "https://a@shop.example", "https://[::1"}) {
    INFO(text);
    try {
      const AllowedOrigins origins(std::vector<std::string>{text});
      FAIL("it was taken");
    } catch (const hss::domain::Error& error) {
      CHECK(std::string(error.what()).find("write it as https://") != std::string::npos);
    }
  }
}

TEST_CASE("where people sign in, it is their token that counts and not the page's origin") {
  AccountsApi api(":memory:", {"https://shop.example"});
  const std::string token = api.sign_in(hss::domain::Role::customer);
  const auto book = [&](const char* origin) {
    return api.send("POST", "/api/v1/bookings", token, booking_body().dump(), {{"Origin", origin}});
  };
  CHECK(book("https://evil.example").status == 201);
  CHECK(header_of(book("https://evil.example"), "Access-Control-Allow-Origin") == "(none)");
  CHECK(header_of(book("https://shop.example"), "Access-Control-Allow-Origin") ==
        "https://shop.example");
}

TEST_CASE("two origins at once are refused") {
  const Api api(by_default);
  CHECK(api.send("POST", "/api/v1/quotes", "{}",
                 {{"Origin", "http://localhost:1"}, {"Origin", "https://evil.example"}})
            .status == 400);
}
