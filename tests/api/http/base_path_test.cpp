// A proxy publishes the server under a base path.
#include "api/http/base_path.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/api_fixture.h"
#include "assets/assets.h"
#include "domain/error.h"

using namespace hss::test;
using hss::api::BasePath;

namespace {

/// Serves under `path`.
Api under(const char* path) {
  return Api(hss::api::routes(), {"*"}, ":memory:", std::nullopt, BasePath(path));
}

}  // namespace

TEST_CASE("with a base path the API answers with it and without") {
  const Api api = under("/hss");
  const std::string id = api.booking();
  for (const std::string prefix : {"", "/hss"}) {
    INFO(prefix);
    CHECK(api.get(prefix + "/health").status == 200);
    CHECK(api.get(prefix + "/api/v1/bookings/" + id).status == 200);
    CHECK(api.get(prefix + "/api/v1/bookings/" + id + "?x=/hss").status == 200);
    CHECK(api.post(prefix + "/api/v1/staff/bookings/" + id + "/approve", "", "staff").status ==
          200);
    CHECK(api.get(prefix + "/api/nothing").status == 404);
    CHECK(code_of(api.get(prefix + "/health/")) == "not_found");
    CHECK(api.send("OPTIONS", prefix + "/api/v1/bookings").status == 204);
    const auto made = api.post(prefix + "/api/v1/bookings", booking_body().dump());
    CHECK(header_of(made, "Location").starts_with("/hss/api/v1/bookings/HSS-"));
  }
  // Only one base path is removed, and a name that begins alike is a different path.
  CHECK(api.get("/hss/hss/health").status == 404);
  CHECK(api.get("/hssx/health").status == 404);
  CHECK(api.get("/hss%2Fhealth").status == 404);
  CHECK(body_of(api.get("/api/v1/openapi.json"))["servers"][0]["url"] == "/hss");
  CHECK(body_of(Api().get("/api/v1/openapi.json"))["servers"][0]["url"] == "/");
}

TEST_CASE("an answer that is given again leads under the base path, too") {
  const Api api = under("/hss");
  const auto book = [&] {
    return api.send("POST", "/hss/api/v1/bookings", booking_body().dump(),
                    {{"Idempotency-Key", "once"}});
  };
  const std::string location = header_of(book(), "Location");
  CHECK(location.starts_with("/hss/api/v1/bookings/"));
  const auto again = book();
  CHECK(header_of(again, "Idempotent-Replayed") == "true");
  CHECK(header_of(again, "Location") == location);
}

TEST_CASE("with a base path every address in the page and its manifest has it") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api = under("/shop/hss/");
  for (const char* path : {"/", "/shop/hss", "/shop/hss/", "/shop/hss/staff", "/booking/x"}) {
    INFO(path);
    const auto page = api.get(path);
    CHECK(page.status == 200);
    const std::string text(page.content());
    CHECK(text.find("src=\"/shop/hss/app-") != text.npos);
    for (auto at = text.find("=\"/"); at != text.npos; at = text.find("=\"/", at + 1)) {
      CHECK(text.substr(at).starts_with("=\"/shop/hss/"));
    }
  }
  CHECK(header_of(api.get("/"), "Link").starts_with("</shop/hss/api/v1/catalog>"));
  const Json manifest = body_of(api.get("/shop/hss/manifest.webmanifest"));
  CHECK(manifest["start_url"] == "/shop/hss/");
  CHECK(manifest["scope"] == "/shop/hss/");
  CHECK(manifest["icons"][0]["src"] == "/shop/hss/icon.svg");
  CHECK(manifest["shortcuts"][0]["url"] == "/shop/hss/booking");
  // The tag depends on the rewritten bytes.
  CHECK(header_of(api.get("/"), "ETag") != header_of(Api().get("/"), "ETag"));
  CHECK(api.send("GET", "/", "", {{"If-None-Match", header_of(api.get("/"), "ETag")}}).status ==
        304);
  CHECK(header_of(api.send("GET", "/", "", {{"Accept-Encoding", "gzip, br"}}),
                  "Content-Encoding") == "gzip");
  CHECK(api.get("/shop/hss/no/such/page").status == 404);
  CHECK(api.get("/shop/hss/sw.js").status == 200);
}

TEST_CASE("a base path is written in one way") {
  CHECK(BasePath("").text().empty());
  CHECK(BasePath("/").text().empty());
  CHECK(BasePath("/hss").text() == "/hss");
  CHECK(BasePath("/a/b-c.d_e~f/").text() == "/a/b-c.d_e~f");
  for (const char* text : {"hss", "//hss", "/hss//", "/a//b", "/a b", "/a/../b", "/..", "/a/./b",
                           "http://x/hss", "/h%20", "/hss?x", "/é", "/\"x"}) {
    INFO(text);
    CHECK_THROWS_AS(BasePath(text), hss::domain::Error);
  }
}
