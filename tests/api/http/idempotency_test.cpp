#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "api/api_fixture.h"

using namespace hss::test;

namespace {

hss::api::Response post_with(const Api& api, const std::string& key, const std::string& target,
                             const std::string& body) {
  return api.send("POST", target, body, {{"Idempotency-Key", key}});
}

hss::api::Response quote_with(const Api& api, const std::string& key,
                              const std::string& address = "192.0.2.7",
                              const std::string& token = "") {
  hss::api::Request request;
  request.method = "POST";
  request.target = "/api/v1/quotes";
  request.body = R"({"items":[{"type":"bed"}],"duration_months":1})";
  request.client_address = address;
  request.headers = {{"Idempotency-Key", key}};
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
  return api.handle(request);
}

/// Leaves as many records as one holder may.
void leave_answers(const Api& api, const std::string& address = "192.0.2.7",
                   const std::string& token = "") {
  for (int i = 0; i < hss::domain::max_idempotency_records_per_holder; ++i) {
    REQUIRE(quote_with(api, "k" + std::to_string(i), address, token).status == 200);
  }
}

std::string demo_token(const Api& api, const std::string& email) {
  return body_of(api.post("/api/v1/auth/login", Json{{"email", email}}.dump()))["token"];
}

}  // namespace

TEST_CASE("the same key with the same request gives the first answer again") {
  const Api api;
  const std::string body = booking_body().dump();
  const auto first = post_with(api, "k1", "/api/v1/bookings", body);
  const auto again = post_with(api, "k1", "/api/v1/bookings", body);
  CHECK(first.status == 201);
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(header_of(again, "Location") == header_of(first, "Location"));
  CHECK(header_of(first, "Idempotent-Replayed") == "(none)");
  CHECK(header_of(again, "Idempotent-Replayed") == "true");
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 1);
}

TEST_CASE("the same key with another body or on another route is refused") {
  const Api api;
  post_with(api, "k1", "/api/v1/bookings", booking_body().dump());
  Json other = booking_body();
  other["customer_name"] = "Somebody Else";
  CHECK(post_with(api, "k1", "/api/v1/bookings", other.dump()).status == 409);
  CHECK(post_with(api, "k1", "/api/v1/quotes", R"({"items":[{"type":"bed"}],"duration_months":1})")
            .status == 409);
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 1);
}

TEST_CASE("the same key at once from many makes one booking") {
  const Api api;
  const std::string body = booking_body().dump();
  std::vector<std::string> bodies(8);
  std::vector<std::thread> clients;
  for (auto& answer : bodies) {
    clients.emplace_back([&] { answer = post_with(api, "k1", "/api/v1/bookings", body).body; });
  }
  for (auto& client : clients) client.join();
  for (const auto& answer : bodies) CHECK(answer == bodies.front());
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 1);
}

TEST_CASE("a key lives for 24 hours") {
  Api api;
  const std::string body = booking_body().dump();
  const auto first = post_with(api, "k1", "/api/v1/bookings", body);
  api.clock.advance(std::chrono::hours(23));
  CHECK(post_with(api, "k1", "/api/v1/bookings", body).body == first.body);
  api.clock.advance(std::chrono::hours(2));
  CHECK(post_with(api, "k1", "/api/v1/bookings", body).body != first.body);
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 2);
}

TEST_CASE("a refusal by the rules is remembered too, a fault in the body is not") {
  const Api api;
  const std::string id = api.booking();
  const std::string path = "/api/v1/bookings/" + id + "/payment";
  CHECK(post_with(api, "k1", path, "{}").status == 409);
  api.post("/api/v1/staff/bookings/" + id + "/approve", "", "staff");
  const auto again = post_with(api, "k1", path, "{}");
  CHECK(again.status == 409);
  CHECK(header_of(again, "Idempotent-Replayed") == "true");
  CHECK(post_with(api, "k2", path, "{}").status == 200);

  CHECK(post_with(api, "k3", "/api/v1/bookings", "{}").status == 400);
  CHECK(post_with(api, "k3", "/api/v1/bookings", booking_body().dump()).status == 201);
}

TEST_CASE("a payment with a key is taken once") {
  const Api api;
  const std::string id = api.booking("approved");
  const std::string path = "/api/v1/bookings/" + id + "/payment";
  const auto first = post_with(api, "pay", path, "");
  CHECK(first.status == 200);
  CHECK(post_with(api, "pay", path, "").body == first.body);
}

TEST_CASE("a status change with a key is made once, also when the booking has moved on since") {
  const Api api;
  const std::string id = api.booking("paid");
  const std::string path = "/api/v1/bookings/" + id + "/status";
  const auto collect = [&](const char* key, const char* body) {
    return api.send("PATCH", path, body, {{"Idempotency-Key", key}});
  };
  const auto first = collect("kiosk-1", R"({"status":"collected"})");
  CHECK(first.status == 200);
  CHECK(api.patch(path, R"({"status":"in_storage"})").status == 200);
  const auto again = collect("kiosk-1", R"({"status":"collected"})");
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  CHECK(header_of(again, "Idempotent-Replayed") == "true");
  CHECK(collect("kiosk-1", R"({"status":"returned"})").status == 409);
  CHECK(collect("kiosk-2", R"({"status":"collected"})").status == 409);
  CHECK(collect("a key", R"({"status":"returned"})").status == 400);
  CHECK(body_of(api.get("/api/v1/bookings/" + id))["status"] == "in_storage");
}

TEST_CASE("a token is not kept under a key") {
  const Api api;
  const auto login = [&] {
    return post_with(api, "k1", "/api/v1/auth/login", R"({"email":"a@b.co"})");
  };
  CHECK(login().body != login().body);
}

TEST_CASE("a key that is none is refused") {
  const Api api;
  for (const std::string& key :
       {std::string(), std::string(256, 'k'), std::string("a b"), std::string("é")}) {
    INFO(key);
    CHECK(post_with(api, key, "/api/v1/bookings", booking_body().dump()).status == 400);
  }
  CHECK(post_with(api, std::string(255, 'k'), "/api/v1/bookings", booking_body().dump()).status ==
        201);
}

TEST_CASE("who has left 1,000 answers hears 429 for one key more, and the first is given again") {
  Api api;
  leave_answers(api);
  api.clock.advance(std::chrono::hours(1));
  const auto rejected = quote_with(api, "one-more");
  CHECK(rejected.status == 429);
  CHECK(code_of(rejected) == "rate_limited");
  CHECK(header_of(rejected, "Retry-After") == std::to_string(23 * 60 * 60));
  CHECK(header_of(quote_with(api, "k0"), "Idempotent-Replayed") == "true");
  CHECK(api.post("/api/v1/quotes", R"({"items":[{"type":"bed"}],"duration_months":1})").status ==
        200);
  api.clock.advance(std::chrono::hours(23) + std::chrono::milliseconds(1));
  CHECK(quote_with(api, "one-more").status == 200);
}

TEST_CASE("nothing is done for who hears that they have used too many keys") {
  const Api api;
  leave_answers(api, "");
  CHECK(post_with(api, "one-more", "/api/v1/bookings", booking_body().dump()).status == 429);
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 0);
}

TEST_CASE("who says to be another account in demo mode leaves no more answers for it") {
  const Api api;
  leave_answers(api);
  const std::string token = demo_token(api, "somebody@else.co.za");
  CHECK(quote_with(api, "one-more", "192.0.2.7", token).status == 429);
  CHECK(quote_with(api, "one-more", "192.0.2.8").status == 200);
}

TEST_CASE("on the demo's own machine accounts are counted, and a test run without one is not") {
  const Api api;
  leave_answers(api, "127.0.0.1");
  CHECK(quote_with(api, "one-more", "127.0.0.1").status == 200);
  const std::string token = demo_token(api, "thandi@tuks.co.za");
  leave_answers(api, "::1", token);
  CHECK(quote_with(api, "one-more", "::1", token).status == 429);
}

TEST_CASE("a 404 is remembered without the long path that led to it") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + std::string(4'000, 'x') + "/payment";
  const auto first = post_with(api, "k1", path, "{}");
  CHECK(first.status == 404);
  CHECK(first.body.size() < 300);
  const auto again = post_with(api, "k1", path, "{}");
  CHECK(again.body == first.body);
  CHECK(header_of(again, "Idempotent-Replayed") == "true");
}
