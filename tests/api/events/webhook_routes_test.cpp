// An administrator manages the receivers of events.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"
#include "crypto/base64.h"

using namespace hss::test;
using hss::domain::Delivery;
using hss::domain::DeliveryState;
using hss::domain::Tx;

namespace {

const std::string webhooks_path = "/api/v1/admin/webhooks";
const std::string hook = R"({"url":"https://hooks.example/in?token=abc"})";

std::string add(const Api& api, const std::string& body = hook) {
  const auto response = api.post(webhooks_path, body, "admin");
  REQUIRE(response.status == 201);
  return body_of(response)["id"];
}

hss::api::Response send(const Api& api, const std::string& method, const std::string& target,
                        const std::string& body = "") {
  return api.send(method, target, body, {{"X-HSS-Role", "admin"}});
}

/// Records event `id` with the state, as the dispatcher would.
void commit_batch(Api& api, const std::string& target, std::int64_t id, DeliveryState state) {
  const bool went_well = state == DeliveryState::delivered;
  api.store.transact([&](Tx& tx) {
    tx.outbox().commit_batch(target, {.done = {{.target = target,
                                                .event = {.id = id},
                                                .state = state,
                                                .tries = went_well ? 1 : 12,
                                                .status_code = went_well ? 200 : 503,
                                                .error = went_well ? "" : "The answer was 503",
                                                .took_ms = 7}},
                                      .position = id,
                                      .keeps_log = true,
                                      .now = "2026-11-22T08:00:01.000Z"});
  });
}

Json trail(const Api& api, const std::string& type) {
  return body_of(api.get("/api/v1/audit?event_type=" + type, "admin"))["events"];
}

}  // namespace

TEST_CASE("POST /admin/webhooks gives a secret once, of its own or the client's") {
  Api api;
  const auto response = api.post(webhooks_path, hook, "admin");
  CHECK(response.status == 201);
  CHECK(header_of(response, "Cache-Control") == "no-store");
  const Json webhook = body_of(response);
  const std::string secret = webhook["secret"];
  CHECK(secret.starts_with("whsec_"));
  CHECK(hss::crypto::from_base64(secret.substr(6))->size() == 32);
  CHECK(webhook["enabled"] == true);
  CHECK(webhook["url"] == "https://hooks.example/in?token=abc");

  const std::string own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const Json body{{"url", "http://hooks.example"}, {"secret", own}};
  CHECK(body_of(api.post(webhooks_path, body.dump(), "admin"))["secret"] == own);

  const auto list = api.get(webhooks_path, "admin");
  CHECK(body_of(list)["webhooks"].size() == 2);
  CHECK(list.body.find("whsec_") == std::string::npos);
  const Json events = trail(api, "webhook_added");
  REQUIRE(events.size() == 2);
  CHECK(events[1]["payload"] ==
        Json{{"webhook_id", webhook["id"]}, {"url", "https://hooks.example"}});
  CHECK(body_of(send(api, "POST", "/api/v1/audit/verification"))["intact"] == true);
}

TEST_CASE("the staff's audit trail has no secret of a webhook's path or query") {
  const Api api;
  const std::string path =
      webhooks_path + "/" +
      add(api, R"({"url":"https://hooks.example:8443/services/T0/PATHSECRET?k=QSECRET"})");
  send(api, "PATCH", path, R"({"url":"http://hooks.example?k=QSECRET"})");
  send(api, "PATCH", path, R"({"url":"http://hooks.example/#PATHSECRET","enabled":false})");
  send(api, "DELETE", path);
  const auto audit = api.get("/api/v1/audit", "staff");
  CHECK(audit.body.find("SECRET") == std::string::npos);
  CHECK(trail(api, "webhook_added")[0]["payload"]["url"] == "https://hooks.example:8443");
}

TEST_CASE("POST /admin/webhooks tells each fault") {
  const Api api;
  const auto errors = [&](const char* body) {
    const auto response = api.post(webhooks_path, body, "admin");
    CHECK(response.status == 400);
    return details_of(response);
  };
  using ValidationErrors = std::vector<std::string>;
  CHECK(errors("{}") == ValidationErrors{"url is required"});
  CHECK(errors(R"({"url":7,"secret":7})") ==
        ValidationErrors{"url must be a string",
                         "secret must be whsec_ and the base64 of 24 to 64 bytes"});
  for (const char* secret : {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_",
                             "whsec_c2hvcnQ=", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*"}) {
    INFO(secret);
    CHECK(errors(Json{{"url", "http://hooks.example"}, {"secret", secret}}.dump().c_str()) ==
          ValidationErrors{"secret must be whsec_ and the base64 of 24 to 64 bytes"});
  }
  CHECK(errors(R"({"url":"http://inside.example/"})")[0].find("private network") !=
        std::string::npos);
  CHECK(errors(R"({"url":"http://127.0.0.1/"})")[0].find("private network") != std::string::npos);
  CHECK(errors(R"({"url":"http://nowhere.example/"})")[0].find("not known") != std::string::npos);
  CHECK(body_of(api.get(webhooks_path, "admin"))["webhooks"].empty());
}

TEST_CASE("there are twenty webhooks at most") {
  const Api api;
  for (int i = 0; i < 20; ++i) add(api);
  CHECK(api.post(webhooks_path, hook, "admin").status == 409);
}

TEST_CASE("PATCH /admin/webhooks changes what is named, and says so in the audit trail") {
  const Api api;
  const std::string path = webhooks_path + "/" + add(api);
  CHECK(body_of(send(api, "PATCH", path, R"({"enabled":false})"))["enabled"] == false);
  CHECK(send(api, "PATCH", path, R"({"enabled":false})").status == 200);
  const auto moved = send(api, "PATCH", path, R"({"url":"http://hooks.example/new?x=y"})");
  CHECK(body_of(moved)["url"] == "http://hooks.example/new?x=y");
  const Json events = trail(api, "webhook_changed");
  REQUIRE(events.size() == 2);
  CHECK(events[0]["payload"]["url"] == "http://hooks.example");
  CHECK(events[0]["payload"]["former_url"] == "https://hooks.example");
  CHECK(events[1]["payload"]["enabled"] == "no");
  for (const char* body : {R"({"enabled":"yes"})", R"({"url":""})", R"({"url":7})",
                           R"({"url":"http://inside.example"})", "[]"}) {
    INFO(body);
    CHECK(send(api, "PATCH", path, body).status == 400);
  }
  CHECK(send(api, "PATCH", webhooks_path + "/WHK-0000000000", "{}").status == 404);
}

TEST_CASE("DELETE /admin/webhooks forgets it and its log") {
  Api api;
  const std::string id = add(api);
  api.booking();
  commit_batch(api, id, 2, DeliveryState::dead_lettered);
  const auto response = send(api, "DELETE", webhooks_path + "/" + id);
  CHECK(response.status == 200);
  CHECK(body_of(response)["removed"] == true);
  CHECK(send(api, "DELETE", webhooks_path + "/" + id).status == 404);
  CHECK(send(api, "GET", webhooks_path + "/" + id + "/deliveries").status == 404);
  const Json events = body_of(api.get("/api/v1/admin/events", "admin"));
  CHECK(events["targets"].empty());
  CHECK(events["dead"].empty());
  CHECK(trail(api, "webhook_removed").size() == 1);
  CHECK(header_of(api.send("PUT", webhooks_path + "/" + id), "Allow") == "PATCH, DELETE, OPTIONS");
}

TEST_CASE("GET /admin/webhooks/{id}/deliveries is the log, page by page and by state") {
  Api api;
  const std::string id = add(api);
  for (int i = 0; i < 3; ++i) api.booking();
  commit_batch(api, id, 2, DeliveryState::delivered);
  commit_batch(api, id, 3, DeliveryState::dead_lettered);
  commit_batch(api, id, 4, DeliveryState::delivered);
  const std::string path = webhooks_path + "/" + id + "/deliveries";
  const Json first = body_of(api.get(path + "?limit=2", "admin"));
  REQUIRE(first["deliveries"].size() == 2);
  CHECK(first["deliveries"][0]["event_id"] == 4);
  CHECK(first["deliveries"][0]["status_code"] == 200);
  CHECK(first["deliveries"][0]["error"].is_null());
  CHECK(first["deliveries"][0]["took_ms"] == 7);
  CHECK(first["deliveries"][0]["event_type"] == "booking_submitted");
  CHECK(first["deliveries"][1]["state"] == "dead");
  const std::string cursor = first["next_cursor"];
  const Json rest = body_of(api.get(path + "?cursor=" + cursor, "admin"));
  CHECK(rest["deliveries"].size() == 1);
  CHECK(rest["next_cursor"].is_null());
  const Json dead_lettered = body_of(api.get(path + "?state=dead", "admin"))["deliveries"];
  REQUIRE(dead_lettered.size() == 1);
  CHECK(dead_lettered[0]["error"] == "The answer was 503");
  CHECK(api.get(path + "?state=lost", "admin").status == 400);
  CHECK(api.get(path + "?cursor=x", "admin").status == 400);
}

TEST_CASE("POST …/again makes an event due once more, unless the webhook is disabled") {
  Api api;
  const std::string id = add(api);
  api.booking();
  commit_batch(api, id, 2, DeliveryState::delivered);
  const std::string path = webhooks_path + "/" + id;
  CHECK(send(api, "POST", path + "/deliveries/2/again").status == 200);
  CHECK(body_of(api.get(path + "/deliveries?state=waiting", "admin"))["deliveries"].size() == 1);
  for (const char* event : {"3", "x", "-1", "99999999999999999999"}) {
    INFO(event);
    CHECK(send(api, "POST", path + "/deliveries/" + event + "/again").status == 404);
  }
  send(api, "PATCH", path, R"({"enabled":false})");
  CHECK(send(api, "POST", path + "/deliveries/2/again").status == 409);
  // Nothing waits for a disabled target.
  CHECK(body_of(api.get(path + "/deliveries?state=waiting", "admin"))["deliveries"].empty());
}

TEST_CASE("POST …/test says how it went") {
  const Api api;
  const std::string id = add(api);
  CHECK(send(api, "POST", webhooks_path + "/WHK-0000000000/test").status == 404);
  CHECK(send(api, "POST", webhooks_path + "/" + id + "/test", "[]").status == 400);
}

TEST_CASE("GET /admin/events says how far each target has heard, and what was set aside") {
  Api api;
  const std::string id = add(api), silent = add(api);
  for (int i = 0; i < 3; ++i) api.booking();
  commit_batch(api, id, 3, DeliveryState::dead_lettered);
  commit_batch(api, silent, 3, DeliveryState::dead_lettered);
  send(api, "PATCH", webhooks_path + "/" + silent, R"({"enabled":false})");
  const Json events = body_of(api.get("/api/v1/admin/events", "admin"));
  REQUIRE(events["targets"].size() == 1);
  const Json target = events["targets"][0];
  CHECK(target["name"] == id);
  CHECK(target["kind"] == "webhook");
  CHECK(target["backlog"] == 2);
  CHECK(target["dead"] == 1);
  CHECK(target["oldest"] == "2026-11-22T08:00:00.000Z");
  CHECK(target["last_error"] == "The answer was 503");
  CHECK(target["last_error_at"] == "2026-11-22T08:00:01.000Z");
  CHECK(target["last_success_at"].is_null());
  REQUIRE(events["dead"].size() == 1);
  CHECK(events["dead"][0]["event_id"] == 3);
  CHECK(events["dead"][0]["tries"] == 12);
}

TEST_CASE("POST /admin/events/again takes one event or all that were set aside") {
  Api api;
  const std::string id = add(api);
  for (int i = 0; i < 3; ++i) api.booking();
  for (const int event : {2, 3, 4}) commit_batch(api, id, event, DeliveryState::dead_lettered);
  const auto again = [&](const Json& body) {
    return send(api, "POST", "/api/v1/admin/events/again", body.dump());
  };
  CHECK(body_of(again({{"target", id}, {"event_id", 3}}))["count"] == 1);
  CHECK(body_of(again({{"target", id}, {"all", true}}))["count"] == 2);
  CHECK(body_of(again({{"target", id}, {"all", true}}))["count"] == 0);
  CHECK(body_of(api.get("/api/v1/admin/events", "admin"))["dead"].empty());
  CHECK(again({{"target", id}, {"event_id", 77}}).status == 404);
  CHECK(again({{"target", "nobody"}, {"event_id", 3}}).status == 404);
  for (const Json& body : {Json::object(), Json{{"target", id}}, Json{{"target", 5}, {"all", true}},
                           Json{{"target", id}, {"all", false}}, Json{{"target", id}, {"all", "x"}},
                           Json{{"target", id}, {"event_id", "3"}},
                           Json{{"target", id}, {"event_id", 3}, {"all", true}}}) {
    INFO(body.dump());
    CHECK(again(body).status == 400);
  }
}

TEST_CASE("POST /admin/events/again took what is no number or no truth value for left out") {
  Api api;
  const std::string id = add(api);
  api.booking();
  commit_batch(api, id, 2, DeliveryState::dead_lettered);
  const auto errors_of = [&](const char* what) {
    const auto response = send(api, "POST", "/api/v1/admin/events/again",
                               R"({"target":")" + id + R"(",)" + what + "}");
    CHECK(response.status == 400);
    return details_of(response);
  };
  using ValidationErrors = std::vector<std::string>;
  for (const char* no_number : {R"("event_id":"2")", R"("event_id":2.5)", R"("event_id":0)",
                                R"("event_id":1e300)", R"("event_id":[2])"}) {
    INFO(no_number);
    CHECK(errors_of(no_number) == ValidationErrors{"event_id must be the number of an event"});
  }
  CHECK(errors_of(R"("event_id":2,"all":"yes")") == ValidationErrors{"all must be true or false"});
  CHECK(errors_of(R"("event_id":[],"all":true)").size() == 2);
  CHECK(send(api, "POST", "/api/v1/admin/events/again",
             R"({"target":")" + id + R"(","event_id":2.0,"all":null})")
            .status == 200);
}

TEST_CASE("in demo mode no other site's page plants a webhook") {
  const Api api;
  const auto from = [&](const std::string& origin, const std::string& method,
                        const std::string& path, const std::string& body) {
    return api.send(method, path, body,
                    {{"X-HSS-Role", "admin"}, {"Host", "localhost:8081"}, {"Origin", origin}});
  };
  const std::string path = webhooks_path + "/" + add(api);
  for (const char* origin :
       {"https://evil.example", "null", "", "http://localhost", "https://localhost:8081",
        "http://localhost:8081.evil.example", "http://localhost:80811"}) {
    INFO(origin);
    const auto rejected = from(origin, "POST", webhooks_path, hook);
    CHECK(rejected.status == 403);
    CHECK(rejected.body.find("this server's own pages") != std::string::npos);
    CHECK(from(origin, "PATCH", path, R"({"url":"http://hooks.example/x"})").status == 403);
    CHECK(from(origin, "POST", path + "/test", "{}").status == 403);
    CHECK(from(origin, "POST", path + "/deliveries/1/again", "{}").status == 403);
    CHECK(from(origin, "DELETE", path, "").status == 403);
  }
  CHECK(from("http://LOCALHOST:8081", "PATCH", path, R"({"enabled":false})").status == 200);
  CHECK(from("http://localhost:8081", "POST", webhooks_path, hook).status == 201);
}

TEST_CASE("what demo mode set up is disabled once there are accounts, and says why") {
  Api api;
  // Anybody may give that name there.
  const std::string token = body_of(
      api.post("/api/v1/auth/login", R"({"email":"boss@x.co.za","role":"admin"})"))["token"];
  const auto as_boss =
      api.send("POST", webhooks_path, hook, {{"Authorization", "Bearer " + token}});
  const std::string named = body_of(as_boss)["id"], unnamed = add(api), owned = add(api);
  const hss::domain::WebhookService service(api.clock.clock(), seeded_random());
  const hss::domain::Caller owner{.principal = {.account = "boss@x.co.za",
                                                .role = hss::domain::Role::admin,
                                                .auth_method = hss::domain::AuthMethod::by_account},
                                  .request_id = "r"};
  const auto change = [&](const std::string& id, bool enabled) {
    api.store.transact([&](Tx& tx) { service.change(tx, id, {.enabled = enabled}, owner); });
  };
  const auto start = [&] {
    auto ids = api.store.transact([&](Tx& tx) { return service.disable_those_of_demo(tx); });
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  change(owned, false);
  change(owned, true);
  std::vector<std::string> expected{named, unnamed};
  std::sort(expected.begin(), expected.end());
  CHECK(start() == expected);
  const Json listed = body_of(api.get(webhooks_path, "admin"));
  for (const auto& webhook : listed["webhooks"]) {
    CHECK(webhook["enabled"] == (webhook["id"] == owned));
    if (webhook["id"] != owned) {
      CHECK(webhook["disabled_reason"] ==
            "It was set up in demo mode, where anybody could; enable it if it is yours");
    }
  }
  CHECK(trail(api, "webhook_changed")[0]["actor"] == "hss");
  // A webhook that its owner enables stays enabled, until demo mode changes it again.
  change(named, true);
  CHECK(start().empty());
  send(api, "PATCH", webhooks_path + "/" + named, R"({"url":"http://hooks.example/x"})");
  CHECK(start() == std::vector{named});
}

TEST_CASE("webhooks are the administrator's alone, in both modes") {
  const Api demo;
  CHECK(demo.get(webhooks_path, "staff").status == 403);
  CHECK(demo.post(webhooks_path, hook, "staff").status == 403);
  CHECK(demo.get("/api/v1/admin/events", "customer").status == 403);
  AccountsApi api;
  const std::string staff_token = api.sign_in(hss::domain::Role::staff);
  const std::string admin = api.sign_in(hss::domain::Role::admin);
  CHECK(api.get(webhooks_path, staff_token).status == 403);
  CHECK(api.send("POST", webhooks_path, admin, hook).status == 201);
  const Json events = body_of(api.get("/api/v1/audit?event_type=webhook_added", admin))["events"];
  CHECK(events[0]["actor"] == "admin@x.co.za");
}
