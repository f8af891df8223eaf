// A browser takes a page whose name was made to lead to this machine (DNS rebinding) for one of the
// same origin: only the name in its requests reveals it.
#include "api/http/host.h"

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"
#include "domain/error.h"

using namespace hss::test;
using hss::api::AllowedHosts;

namespace {

/// The code of the error for a request with this Host; empty if it passes.
std::string code_for(const std::string& host, const std::vector<std::string>& names = {},
                     const std::string& target = "/health") {
  hss::api::Request request;
  request.target = target;
  request.headers = {{"Host", host}};
  try {
    AllowedHosts(names).require_host(request);
  } catch (const hss::domain::Error& error) {
    return error.code() == hss::domain::ErrorCode::misdirected ? "misdirected" : "another";
  }
  return "";
}

}  // namespace

TEST_CASE("a rebound name is not answered in demo mode, whatever it asks for") {
  Api api(hss::api::routes(), {"loopback"}, ":memory:", AllowedHosts(std::vector<std::string>{}));
  const std::string booking = api.booking();
  const hss::api::Fields rebound{{"X-HSS-Role", "admin"},
                                 {"Host", "evil.example:8081"},
                                 {"Origin", "http://evil.example:8081"}};
  int tried = 0;
  for (const auto& route : hss::api::routes()) {
    if (!is_in_demo_mode(route)) continue;
    std::string path = api.path_to(route);
    INFO(route.method << " " << path);
    const auto rejected = api.send(std::string(route.method), path, "{}", rebound);
    CHECK(rejected.status == 421);
    CHECK(code_of(rejected) == "misdirected");
    CHECK(rejected.body.find("--allow-host evil.example") != std::string::npos);
    ++tried;
  }
  CHECK(tried > 20);
  // The pages are rejected as well, from which it could continue, and a browser's preflight.
  CHECK(api.send("GET", "/", "", rebound).status == 421);
  CHECK(api.send("GET", "/api/nothing", "", rebound).status == 421);
  CHECK(api.send("OPTIONS", "/api/v1/bookings", "", rebound).status == 421);
  CHECK(body_of(api.get("/api/v1/bookings/" + booking))["status"] == "submitted");
}

TEST_CASE("addresses and names of this machine are always answered") {
  for (const char* host :
       {"127.0.0.1", "127.0.0.1:8081", "10.0.0.5:8081", "192.168.1.20", "[::1]:8081", "[::1]",
        "[fe80::1%25eth0]:80", "[2001:db8::7]:443", "localhost", "LocalHost:8081", "localhost.",
        "localhost:", "hss.localhost:8081", "a.b.localhost", "0.0.0.0:8081"}) {
    INFO(host);
    CHECK(code_for(host).empty());
  }
}

TEST_CASE("every other name is misdirected, in whatever dress") {
  for (const char* host : {"evil.example",
                           "evil.example:8081",
                           "127.0.0.1.evil.example",
                           "localhost.evil.example",
                           "evillocalhost",
                           "localhost:8081.evil.example",
                           "localhost:80@evil.example",
                           "localhost@",
                           "127.0.0.1:8081:8081",
                           "[::1",
                           "::1",
                           "[localhost]",
                           "[evil.example]:80",
                           "",
                           ":8081",
                           ".",
                           "127.0.0.1 ",
                           "127.0.0.1,evil.example",
                           "local host",
                           "127.0.0.256",
                           "hss",
                           "/",
                           "evil.example#.localhost",
                           "evil.example/.localhost",
                           "127.0.0.1x"}) {
    INFO(host);
    CHECK(code_for(host) == "misdirected");
  }
}

TEST_CASE("the host in a target that is a whole address counts as well") {
  CHECK(code_for("127.0.0.1", {}, "http://evil.example/health") == "misdirected");
  CHECK(code_for("evil.example", {}, "http://127.0.0.1/health") == "misdirected");
  CHECK(code_for("127.0.0.1", {}, "HTTP://user@127.0.0.1/health") == "misdirected");
  CHECK(code_for("127.0.0.1", {}, "http://localhost:8081/health?a=//evil.example").empty());
}

TEST_CASE("the flag --allow-host names what demo mode answers to besides") {
  const std::vector<std::string> names{"Demo.Example", "hss"};
  CHECK(code_for("demo.example", names).empty());
  CHECK(code_for("DEMO.example.:8081", names).empty());
  CHECK(code_for("hss:8081", names).empty());
  CHECK(code_for("127.0.0.1", names).empty());
  CHECK(code_for("www.demo.example", names) == "misdirected");
  CHECK(code_for("evil.example", names) == "misdirected");
  for (const char* text : {"", "http://demo.example", "demo.example:80", "*", "*.example", "a b"}) {
    INFO(text);
    CHECK_THROWS_AS(AllowedHosts(std::vector<std::string>{text}), hss::domain::Error);
  }
}

TEST_CASE("a request that names no host comes from no browser") {
  hss::api::Request request;
  request.target = "/health";
  CHECK_NOTHROW(AllowedHosts(std::vector<std::string>{}).require_host(request));
}
