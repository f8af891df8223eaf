#include <catch2/catch_test_macros.hpp>

#include "api/api_fixture.h"
#include "assets/assets.h"

using namespace hss::test;

namespace {

/// The largest.
const hss::assets::Asset* find_script() {
  const hss::assets::Asset* found = nullptr;
  for (const auto& asset : hss::assets::all()) {
    if (!asset.path.ends_with(".js") || !asset.immutable) continue;
    if (found == nullptr || asset.identity.bytes.size() > found->identity.bytes.size())
      found = &asset;
  }
  return found;
}

}  // namespace

TEST_CASE("every page of the UI is its one document, under a strict policy") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api;
  for (const char* path : {"/", "/booking", "/booking/HSS-0000000000", "/staff", "/admin/audit"}) {
    INFO(path);
    const auto response = api.get(path);
    CHECK(response.status == 200);
    CHECK(response.content().find("<!doctype html>") == 0);
    CHECK(header_of(response, "Cache-Control") == "no-cache");
    const std::string policy = header_of(response, "Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") == 0);
    CHECK(policy.find("unsafe") == policy.npos);
  }
}

TEST_CASE("a file is sent in the best encoding that the client takes, each with its own ETag") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api;
  const auto* script = find_script();
  REQUIRE(script != nullptr);
  const auto with = [&](const char* encodings) {
    return api.send("GET", std::string(script->path), "", {{"Accept-Encoding", encodings}});
  };
  CHECK(header_of(with(""), "Content-Encoding") == "(none)");
  CHECK(header_of(with("gzip, deflate"), "Content-Encoding") == "gzip");
  CHECK(header_of(with("gzip, br"), "Content-Encoding") == "br");
  CHECK(header_of(with("br;q=0, gzip;q=0.5"), "Content-Encoding") == "gzip");
  CHECK(header_of(with("identity"), "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header_of(with("br"), "Vary") == "Accept-Encoding");
  CHECK(header_of(with("br"), "ETag") != header_of(with("gzip"), "ETag"));
  CHECK(with("").content().size() > with("gzip").content().size());
}

TEST_CASE("a validator that holds is answered 304, for its own encoding only") {
  if (hss::assets::all().empty()) SKIP("this build has no UI (HSS_WITH_UI=OFF)");
  const Api api;
  const std::string etag = header_of(api.get("/"), "ETag");
  const auto with = [&](const std::string& tag, const char* encoding) {
    return api.send("GET", "/", "", {{"If-None-Match", tag}, {"Accept-Encoding", encoding}}).status;
  };
  CHECK(with(etag, "") == 304);
  CHECK(with("\"x\", W/" + etag, "") == 304);
  CHECK(with("*", "") == 304);
  CHECK(with(etag, "br") == 200);
  CHECK(with("\"x\"", "") == 200);
}

TEST_CASE("a file that is not in the bundle is 404, and nothing is written to one") {
  const Api api;
  for (const char* path :
       {"/nothing.js", "/../schema.sql", "/..%2fschema.sql", "/schema.sql", "/.env"}) {
    INFO(path);
    CHECK(api.get(path).status == 404);
  }
  const auto response = api.send("POST", "/");
  CHECK(response.status == 405);
  CHECK(header_of(response, "Allow") == "GET, HEAD");
}
