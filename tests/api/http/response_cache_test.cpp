// The cache repeats a response that is still valid without a query to the database.
#include "api/http/response_cache.h"

#include <catch2/catch_test_macros.hpp>

#include "api/api_fixture.h"
#include "api/http/etag.h"
#include "api/http/json.h"
#include "storage/sqlite/sqlite_store.h"

using namespace hss::test;
using hss::api::ResponseCache;

namespace {

int counted = 0;

hss::api::Query count_looks(const hss::api::Request& request, const hss::api::Services&) {
  return [&request](hss::domain::Reader&) {
    return hss::api::json_response(200, hss::api::Json{{"looks", ++counted}}, request);
  };
}

const std::vector<hss::api::Route> counting{
    {"GET", "/api/v1/looks", for_anyone, count_looks, hss::api::Caching::with_etag}};

hss::api::Request request_of(const std::string& id) {
  hss::api::Request request;
  request.request_id = id;
  return request;
}

hss::api::Response answer_of(const hss::api::Request& request, std::size_t size) {
  return hss::api::json_response(200, hss::api::Json{{"text", std::string(size, 'x')}}, request);
}

}  // namespace

TEST_CASE("what nothing has changed is looked for once, and each request hears its own id") {
  Api api(counting);
  const auto ask = [&](const std::string& id, const std::string& role) {
    const auto response =
        api.send("GET", "/api/v1/looks", "", {{"X-Request-Id", id}, {"X-HSS-Role", role}});
    CHECK(response.status == 200);
    CHECK(header_of(response, "Content-Type") == "application/json");
    const Json body = body_of(response);
    CHECK(body["request_id"] == id);
    return body["looks"].get<int>();
  };
  counted = 0;
  CHECK(ask("first", "staff") == 1);
  CHECK(ask("second", "staff") == 1);
  CHECK(ask("with\"quote\\", "staff") == 1);
  SECTION("another role is another who asks") {
    CHECK(ask("third", "admin") == 2);
  }
  SECTION("after a change it is looked for anew") {
    api.store.transact([](hss::domain::Tx& tx) {
      tx.notifications().insert({.message = "x", .booking_id = {}}, "2026-01-01T00:00:00.000Z");
    });
    CHECK(ask("third", "staff") == 2);
    CHECK(ask("fourth", "staff") == 2);
  }
}

TEST_CASE("two accounts never hear each other's answer") {
  hss::api::Request one = request_of("a"), other = request_of("a");
  one.principal = {.account = "same@tuks.co.za", .account_id = "ACC-1"};
  other.principal = {.account = "same@tuks.co.za", .account_id = "ACC-2"};
  CHECK(hss::api::etag_of(one, 1, "1", "2026-11-16") !=
        hss::api::etag_of(other, 1, "1", "2026-11-16"));
}

TEST_CASE("answers of an earlier revision are forgotten, and all where there is no room") {
  ResponseCache cache;
  const auto request = request_of("a");
  cache.keep("1", 7, answer_of(request, 10), request);
  cache.keep("2", 7, answer_of(request, 10), request);
  CHECK(cache.find("1", request));
  CHECK(cache.find("2", request)->body == answer_of(request, 10).body);
  cache.keep("3", 8, answer_of(request, 10), request);
  CHECK(!cache.find("1", request));
  CHECK(cache.find("3", request));
  constexpr std::size_t large = 200'000;
  std::size_t fit = 0;
  while (cache.find("3", request)) {
    cache.keep("l" + std::to_string(++fit), 8, answer_of(request, large), request);
  }
  CHECK(fit * large < ResponseCache::max_bytes + large);
  CHECK(cache.find("l" + std::to_string(fit), request));
}

TEST_CASE("small answers count with all that they take") {
  ResponseCache cache;
  const auto request = request_of("a");
  std::size_t fit = 0;
  do cache.keep(std::to_string(++fit), 1, answer_of(request, 1), request);
  while (cache.find("1", request));
  CHECK(fit < ResponseCache::max_bytes / 500);
}

TEST_CASE("what is too large, or does not end in its request's id, is not kept") {
  ResponseCache cache;
  const auto request = request_of("a");
  cache.keep("1", 1, answer_of(request, ResponseCache::max_bytes / 8), request);
  cache.keep("2", 1, answer_of(request_of("b"), 10), request);
  cache.keep("3", 1, {}, request);
  for (const char* etag : {"1", "2", "3"}) CHECK(!cache.find(etag, request));
}

TEST_CASE("another version of HSS gives an answer another tag, as it may write it otherwise") {
  const hss::api::Request request = request_of("a");
  const std::string week = "2026-11-16";
  CHECK(hss::api::etag_of(request, 1, "1.0", week) == hss::api::etag_of(request, 1, "1.0", week));
  CHECK(hss::api::etag_of(request, 1, "1.0", week) != hss::api::etag_of(request, 1, "1.1", week));
}
