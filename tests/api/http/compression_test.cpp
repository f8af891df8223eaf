// Clients that accept gzip get compressed responses.
#include "api/http/compression.h"

#include <zlib.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"
#include "api/http/accept_encoding.h"
#include "api/http/gzip.h"

using namespace hss::test;

namespace {

/// Unpacks as every client does; returns "(broken)" for text that is no gzip.
std::string unpacked(std::string_view packed) {
  z_stream stream{};
  constexpr int gzip_alone = 15 + 16;
  if (::inflateInit2(&stream, gzip_alone) != Z_OK) return "(broken)";
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  int state = Z_OK;
  while (state == Z_OK) {
    Bytef part[4096];
    stream.next_out = part;
    stream.avail_out = sizeof part;
    state = ::inflate(&stream, Z_NO_FLUSH);
    text.append(reinterpret_cast<const char*>(part), sizeof part - stream.avail_out);
  }
  const bool is_whole = state == Z_STREAM_END && stream.avail_in == 0;
  ::inflateEnd(&stream);
  return is_whole ? text : "(broken)";
}

hss::api::Response get_packed(const Api& api, const std::string& target) {
  return api.send("GET", target, "", {{"X-HSS-Role", "admin"}, {"Accept-Encoding", "gzip, br"}});
}

}  // namespace

TEST_CASE("the board's bytes went uncompressed to every kiosk for every event") {
  const Api api;
  for (int i = 0; i < 30; ++i) api.booking();
  const std::string path = "/api/v1/staff/board";
  const auto plain = api.get(path, "admin");
  CHECK(header_of(plain, "Content-Encoding") == "(none)");
  CHECK(header_of(plain, "Vary").find("Accept-Encoding") != std::string::npos);
  // The first response is fresh, the second one cached.
  for (int i = 0; i < 2; ++i) {
    const auto packed = get_packed(api, path);
    CHECK(header_of(packed, "Content-Encoding") == "gzip");
    CHECK(header_of(packed, "Vary").find("Accept-Encoding") != std::string::npos);
    CHECK(header_of(packed, "ETag") == header_of(plain, "ETag"));
    CHECK(packed.content().size() < plain.content().size() / 5);
    Json body = Json::parse(unpacked(packed.content()));
    CHECK(body["request_id"] == header_of(packed, "X-Request-Id"));
    Json expected = body_of(plain);
    body.erase("request_id");
    expected.erase("request_id");
    CHECK(body == expected);
  }
  // Changed data is compressed anew.
  const std::string id = api.booking();
  CHECK(unpacked(get_packed(api, path).content()).find(id) != std::string::npos);
  const auto known = api.send("GET", path, "",
                              {{"X-HSS-Role", "admin"},
                               {"Accept-Encoding", "gzip"},
                               {"If-None-Match", header_of(get_packed(api, path), "ETag")}});
  CHECK(known.status == 304);
  CHECK(header_of(known, "Vary") == header_of(plain, "Vary"));
  CHECK(known.content().empty());
}

TEST_CASE(
    "an answer that fits a packet, is no JSON, or is for one reader alone, is left as it is") {
  const Api api;
  for (const char* path : {"/health", "/api/v1/catalog", "/api/v1/bookings", "/metrics"}) {
    INFO(path);
    const auto answer = get_packed(api, path);
    CHECK(answer.status == 200);
    CHECK(header_of(answer, "Content-Encoding") == "(none)");
  }
  CHECK(unpacked(get_packed(api, "/api/v1/openapi.json").content()) ==
        api.get("/api/v1/openapi.json").content());
  CHECK(header_of(get_packed(api, "/api/v1/events"), "Content-Encoding") == "(none)");
}

TEST_CASE("what stands beside a secret is not compressed, however long it is") {
  AccountsApi api;
  const std::string admin = api.sign_in(hss::domain::Role::admin);
  const std::string name(100, 'a');
  const auto send = [&](const std::string& path, const Json& body) {
    return api.send("POST", path, admin, body.dump(), {{"Accept-Encoding", "gzip"}});
  };
  const auto hook =
      send("/api/v1/admin/webhooks", {{"url", "http://hooks.example/" + std::string(1900, 'x')}});
  CHECK(hook.status == 201);
  CHECK(hook.content().size() > 1024);
  CHECK(header_of(hook, "Content-Encoding") == "(none)");
  const auto account =
      send("/api/v1/admin/accounts", {{"name", name}, {"email", "eve@x.co.za"}, {"role", "staff"}});
  CHECK(header_of(account, "Cache-Control") == "no-store");
  CHECK(header_of(account, "Content-Encoding") == "(none)");
}

TEST_CASE("a client takes gzip where it says so, in any words") {
  const auto takes = [](const char* header) {
    hss::api::Request request;
    request.headers = {{"accept-encoding", header}};
    return hss::api::accepts_encoding(request, "gzip");
  };
  for (const char* yes : {"gzip", "br, gzip", "GZIP", "gzip;q=0.1", " deflate , gzip ; q=1.0", "*",
                          "br;q=1, *;q=0.5"}) {
    INFO(yes);
    CHECK(takes(yes));
  }
  for (const char* no :
       {"", "br", "identity", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "xgzip", "gzipx"}) {
    INFO(no);
    CHECK_FALSE(takes(no));
  }
  CHECK_FALSE(hss::api::accepts_encoding({}, "gzip"));
}

TEST_CASE("a packed text is whole, whatever its length and its end") {
  std::string text;
  for (const std::size_t size : {0u, 1u, 100u, 16'384u, 16'385u, 300'000u}) {
    while (text.size() < size) text += static_cast<char>('a' + text.size() * text.size() % 23);
    text.resize(size);
    const hss::api::GzipText packed(text);
    for (const std::string& end : {std::string(), std::string("}"), std::string(65'535, 'z')}) {
      INFO(size << " and " << end.size());
      CHECK(unpacked(packed.close(end)) == text + end);
    }
  }
}
