// Paths belong to the API, to the pages, or to neither.
#include "api/site/ui_page.h"

#include <catch2/catch_test_macros.hpp>
#include <regex>
#include <string>
#include <vector>

#include "api/api_fixture.h"
#include "assets/assets.h"
#include "places.h"
#include "support.h"

using namespace hss::test;

TEST_CASE("a monitor with a slash too many hears 404, not the page with 200") {
  const Api api;
  for (const char* path :
       {"/health/", "/health//", "//health", "/health/live", "/Health", "/HEALTH/", "/metrics/",
        "/metrics/prometheus", "//metrics", "/api/", "/api//", "//api/v1/catalog",
        "/API/v1/catalog", "/api/v1/catalog/", "/api/v1/bookings/", "/%61pi/v2",
        "/health/?verbose=1", "http://localhost/health/"}) {
    INFO(path);
    for (const char* method : {"GET", "POST"}) {
      const auto response = api.send(method, path, "", {{"X-HSS-Role", "admin"}});
      CHECK(response.status == 404);
      CHECK(header_of(response, "Content-Type") == "application/json");
      CHECK(code_of(response) == "not_found");
    }
    CHECK(api.send("HEAD", path).status == 404);
  }
}

TEST_CASE("the server knows the pages that the UI has, and no others") {
  const std::string source = read_file(source_folder() + "/web/src/app/route.ts");
  const auto from = source.find("const patterns");
  REQUIRE(from != source.npos);
  const std::string list = source.substr(from, source.find("];", from) - from);
  const std::regex entry(R"re(\n  \[("([^"]+)"|welcomePath),)re");
  std::vector<std::string> pages;
  for (std::sregex_iterator at(list.begin(), list.end(), entry), end; at != end; ++at) {
    pages.push_back((*at)[2].matched ? (*at)[2].str() : "/welcome");
  }
  CHECK(source.find(R"(const welcomePath = "/welcome";)") != source.npos);
  CHECK(pages == std::vector<std::string>(hss::api::ui_pages.begin(), hss::api::ui_pages.end()));
}

TEST_CASE("a page that there is not is the page with 404, which says so to people") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api;
  for (const char* path :
       {"/no/such/page", "/bookings", "/booking/a/b", "/booking/a/receipt/b", "/staff/bookings",
        "/admin/nothing", "/healthz", "/metricsx", "/apiary", "/Staff", "/v1/bookings", "/book"}) {
    INFO(path);
    const auto response = api.get(path);
    CHECK(response.status == 404);
    CHECK(response.content().find("<!doctype html>") == 0);
    CHECK(header_of(response, "Content-Type") == "text/html; charset=utf-8");
    CHECK(header_of(response, "Content-Security-Policy") != "(none)");
    // A condition applies only to a response that exists.
    CHECK(header_of(response, "ETag") == "(none)");
    CHECK(api.send("GET", path, "", {{"If-None-Match", "*"}}).status == 404);
    CHECK(api.send("HEAD", path).status == 404);
  }
}

TEST_CASE("every address of the UI is the page, with whatever stands in it for a reference") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api;
  for (const std::string_view page : hss::api::ui_pages) {
    std::string path(page);
    const auto at = path.find(":id");
    if (at != path.npos) path.replace(at, 3, "anything");
    INFO(path);
    CHECK(api.get(path).status == 200);
    CHECK(api.get(path + "/").status == 200);
    CHECK(api.get(path + "?next=/staff").status == 200);
  }
  for (const char* path :
       {"/booking/HSS-0000000000.", "/booking/v1.2", "/booking/a%2Fb", "/booking/%20"}) {
    INFO(path);
    CHECK(api.get(path).status == 200);
  }
}
