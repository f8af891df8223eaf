// An administrator's work on accounts.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "api/accounts_fixture.h"
#include "places.h"

using namespace hss::test;
using hss::domain::Role;

namespace {

const std::string accounts_path = "/api/v1/admin/accounts";

}  // namespace

TEST_CASE("GET /admin/accounts lists by e-mail, page by page, without any hash") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  for (const char* name : {"d", "b", "c"}) api.add(std::string(name) + "@x.co.za", Role::customer);
  std::vector<std::string> emails;
  std::string cursor;
  for (int pages = 1;; ++pages) {
    const auto response = api.get(accounts_path + "?limit=2&cursor=" + cursor, admin);
    CHECK(header_of(response, "Cache-Control") == "no-store");
    CHECK(response.body.find("scrypt") == std::string::npos);
    const Json body = body_of(response);
    for (const Json& account : body["accounts"]) emails.push_back(account["email"]);
    if (body["next_cursor"].is_null()) {
      CHECK(pages == 2);
      break;
    }
    cursor = body["next_cursor"];
  }
  CHECK(emails == std::vector<std::string>{"admin@x.co.za", "b@x.co.za", "c@x.co.za", "d@x.co.za"});
}

TEST_CASE("a page of accounts lacked the count that the OpenAPI document promises") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  api.add("a@x.co.za", Role::customer);
  CHECK(body_of(api.get(accounts_path, admin))["count"] == 2);
  CHECK(body_of(api.get(accounts_path + "?limit=1", admin))["count"] == 1);
}

TEST_CASE("an e-mail that an earlier version kept as typed is normal after the next change") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string typed = "jose\u0301@x.co.za", normal = "jos\u00e9@x.co.za";
  const std::string id = api.add(typed, Role::staff);
  const auto changed = api.patch(accounts_path + "/" + id, {{"name", "José"}}, admin);
  CHECK(body_of(changed)["email"] == normal);
  CHECK(api.id_of(normal) == id);
  CHECK(api.holder_of(api.token_of(typed)) == normal);
  const Json events = body_of(api.get("/api/v1/audit?event_type=account_changed", admin))["events"];
  CHECK(events[0]["payload"]["email_before"] == typed);
}

TEST_CASE("two accounts whose e-mails look the same stay two, and the trail says so") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string typed = "jose\u0301@x.co.za", normal = "jos\u00e9@x.co.za";
  const std::string other = api.add(normal, Role::customer);
  const std::string older = api.add(typed, Role::staff);
  const auto changed = api.patch(accounts_path + "/" + older, {{"name", "José"}}, admin);
  CHECK(body_of(changed)["email"] == typed);
  CHECK(api.id_of(normal) == other);
  const Json events = body_of(api.get("/api/v1/audit?event_type=account_changed", admin))["events"];
  CHECK(events[0]["payload"]["same_email_as"] == other);
}

TEST_CASE("POST /admin/accounts tells each fault, and a taken e-mail is a conflict") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const auto invalid =
      api.send("POST", accounts_path, admin, R"({"name":7,"email":"x","role":"captain"})");
  CHECK(invalid.status == 400);
  CHECK(details_of(invalid) ==
        std::vector<std::string>{"name must be a string", "email is invalid",
                                 "role must be one of ['customer', 'staff', 'admin']"});
  CHECK(details_of(api.send("POST", accounts_path, admin, "{}")) ==
        std::vector<std::string>{"name is required", "email is required", "role is required"});
  const Json person{{"name", "Sipho"}, {"email", "sipho@x.co.za"}, {"role", "staff"}};
  CHECK(api.post(accounts_path, person, admin).status == 201);
  CHECK(api.post(accounts_path, person, admin).status == 409);
}

TEST_CASE("PATCH /admin/accounts changes what is named, and says so in the audit trail") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string staff_token = api.sign_in(Role::staff);
  const std::string path = accounts_path + "/" + api.id_of("staff@x.co.za");
  CHECK(body_of(api.patch(path, {{"name", "Sipho Dlamini"}}, admin))["name"] == "Sipho Dlamini");
  CHECK(api.holder_of(staff_token) == "staff@x.co.za");
  CHECK(api.patch(path, {{"name", "Sipho Dlamini"}, {"role", "staff"}}, admin).status == 200);
  CHECK(api.patch(path, Json::object(), admin).status == 200);
  CHECK(body_of(api.patch(path, {{"role", "customer"}, {"enabled", true}}, admin))["role"] ==
        "customer");
  CHECK(api.holder_of(staff_token) == "");
  const Json events = body_of(api.get("/api/v1/audit?event_type=account_changed", admin))["events"];
  REQUIRE(events.size() == 2);
  CHECK(events[0]["payload"] == Json{{"account_id", api.id_of("staff@x.co.za")},
                                     {"email", "staff@x.co.za"},
                                     {"role", "customer"}});
  CHECK(events[0]["actor"] == "admin@x.co.za");
  CHECK(events[0]["booking_id"].is_null());
  for (const char* body : {R"({"name":"x"})", R"({"role":"captain"})", R"({"enabled":"no"})",
                           R"({"name":null,"role":7})"}) {
    INFO(body);
    CHECK(api.send("PATCH", path, admin, body).status == 400);
  }
  CHECK(api.patch(accounts_path + "/ACC-0000000000", {{"name", "Nobody"}}, admin).status == 404);
  CHECK(api.send("POST", accounts_path + "/ACC-0000000000/link", admin).status == 404);
  CHECK(body_of(api.send("POST", "/api/v1/audit/verification", admin))["intact"] == true);
}

TEST_CASE("the last administrator who can sign in stays one") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string path = accounts_path + "/" + api.id_of("admin@x.co.za");
  CHECK(api.patch(path, {{"enabled", false}}, admin).status == 409);
  CHECK(api.patch(path, {{"role", "staff"}}, admin).status == 409);
  CHECK(api.holder_of(admin) == "admin@x.co.za");
  // An administrator without a password cannot sign anybody in.
  api.post(accounts_path, {{"name", "Olga"}, {"email", "olga@x.co.za"}, {"role", "admin"}}, admin);
  CHECK(api.patch(path, {{"enabled", false}}, admin).status == 409);
  api.add("owner@x.co.za", Role::admin);
  CHECK(api.patch(path, {{"role", "staff"}}, admin).status == 200);
  CHECK(api.holder_of(admin) == "");
}

TEST_CASE("no Idempotency-Key makes an answer with a token or link stay behind") {
  TempFolder folder;
  AccountsApi api(folder.file("hss.db"));
  const std::string admin = api.sign_in(Role::admin);
  const hss::api::Fields key{{"Idempotency-Key", "k"}};
  const auto body = Json{{"email", "admin@x.co.za"}, {"password", good_password}}.dump();
  const auto first = api.send("POST", "/api/v1/auth/login", "", body, key);
  const auto second = api.send("POST", "/api/v1/auth/login", "", body, key);
  CHECK(first.status == 200);
  CHECK(body_of(first)["token"] != body_of(second)["token"]);
  const std::string path = accounts_path + "/" + api.id_of("admin@x.co.za") + "/link";
  CHECK(body_of(api.send("POST", path, admin, "", key))["path"] !=
        body_of(api.send("POST", path, admin, "", key))["path"]);
  CHECK_FALSE(api.store.transact([](hss::domain::Tx& tx) {
    return tx.idempotency().find("admin@x.co.za", "k", "") || tx.idempotency().find("", "k", "");
  }));
}

TEST_CASE("who registered with somebody's e-mail has nothing of the role that it is given later") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string attacker_password = "the attacker's password";
  const auto registered =
      api.post("/api/v1/auth/register",
               {{"name", "Lerato"}, {"email", "lerato@x.co.za"}, {"password", attacker_password}});
  const std::string attacker = body_of(registered)["token"];
  const std::string path = accounts_path + "/" + api.id_of("lerato@x.co.za");
  const Json renamed = body_of(api.patch(path, {{"name", "Lerato Dlamini"}}, admin));
  CHECK(renamed["link"].is_null());
  CHECK(renamed["link_expires_at"].is_null());

  const Json raised = body_of(api.patch(path, {{"role", "staff"}}, admin));
  CHECK(raised["role"] == "staff");
  CHECK(raised["has_password"] == false);
  CHECK(api.holder_of(attacker) == "");
  CHECK(api.log_in("lerato@x.co.za", attacker_password).status == 401);
  const std::string link = raised["link"];
  const auto used = api.post("/api/v1/auth/link", {{"link_token", link.substr(link.find('#') + 1)},
                                                   {"password", good_password}});
  CHECK(used.status == 200);
  const std::string lerato = body_of(used)["token"];
  CHECK(api.get("/api/v1/staff/queue", lerato).status == 200);

  // A higher role needs a new password; a lower one does not.
  api.set_pin(lerato, "271828");
  const Json up = body_of(api.patch(path, {{"role", "admin"}}, admin));
  CHECK(up["link"].is_string());
  CHECK(up["has_pin"] == false);
  CHECK(body_of(api.patch(path, {{"role", "customer"}}, admin))["link"].is_null());
  CHECK(api.patch(path, {{"enabled", false}}, admin).status == 200);
  const Json disabled = body_of(api.patch(path, {{"role", "staff"}}, admin));
  CHECK(disabled["role"] == "staff");
  CHECK(disabled["link"].is_null());
}

TEST_CASE("a shared screen that was lost is ended by an administrator, and the trail says so") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string staff_token = api.sign_in(Role::staff);
  api.set_pin(staff_token, "271828");
  const std::string kiosk = api.open_kiosk(staff_token);
  api.clock.advance(std::chrono::seconds(1));
  const std::string other = api.open_kiosk(admin);
  const std::string unlocked =
      body_of(api.unlock(kiosk, api.id_of("staff@x.co.za"), "271828"))["token"];

  const auto listed = api.get("/api/v1/admin/screens", admin);
  CHECK(header_of(listed, "Cache-Control") == "no-store");
  const Json kiosks = body_of(listed)["screens"];
  REQUIRE(kiosks.size() == 2);
  CHECK(kiosks[0]["opened_by"] == "admin@x.co.za");
  CHECK(kiosks[1]["opened_by"] == "staff@x.co.za");
  CHECK(kiosks[1]["name"] == "Storage hall");
  CHECK(kiosks[1]["opened_at"] == "2026-11-22T08:00:00.000Z");
  const std::string id = kiosks[1]["id"];
  CHECK(id.size() == 12);

  const std::string path = "/api/v1/admin/screens/" + id + "/end";
  CHECK(api.post(path, Json::object(), admin).status == 200);
  CHECK(api.get("/api/v1/kiosk/people", kiosk).status == 401);
  CHECK(api.holder_of(unlocked) == "");
  CHECK(api.get("/api/v1/kiosk/people", other).status == 200);
  CHECK(api.post(path, Json::object(), admin).status == 404);
  CHECK(api.send("POST", path, admin, "[]").status == 400);
  CHECK(body_of(api.get("/api/v1/admin/screens", admin))["screens"].size() == 1);

  const Json opened = body_of(api.get("/api/v1/audit?event_type=screen_opened", admin))["events"];
  REQUIRE(opened.size() == 2);
  CHECK(opened[1]["actor"] == "staff@x.co.za");
  CHECK(opened[1]["payload"]["device"] == "Storage hall");
  const Json ended = body_of(api.get("/api/v1/audit?event_type=screen_ended", admin))["events"];
  REQUIRE(ended.size() == 1);
  CHECK(ended[0]["actor"] == "admin@x.co.za");
  CHECK(ended[0]["payload"]["email"] == "staff@x.co.za");
}

TEST_CASE("an answer that no cache may keep could be kept when it was given again") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  api.open_kiosk(admin);
  const std::string id = body_of(api.get("/api/v1/admin/screens", admin))["screens"][0]["id"];
  for (const char* replayed : {"(none)", "true"}) {
    const auto response = api.send("POST", "/api/v1/admin/screens/" + id + "/end", admin, "",
                                   {{"Idempotency-Key", "k"}});
    CHECK(response.status == 200);
    CHECK(header_of(response, "Idempotent-Replayed") == replayed);
    CHECK(header_of(response, "Cache-Control") == "no-store");
  }
}

TEST_CASE("what nobody in particular asks is remembered under no Idempotency-Key") {
  AccountsApi api;
  const auto quote = [&](const std::string& token, const std::string& months) {
    return api.send("POST", "/api/v1/quotes", token,
                    R"({"items":[{"type":"bed"}],"duration_months":)" + months + "}",
                    {{"Idempotency-Key", "k"}});
  };
  const auto before = api.store.revision();
  CHECK(quote("", "1").status == 200);
  CHECK(header_of(quote("", "1"), "Idempotent-Replayed") == "(none)");
  CHECK(quote("", "2").status == 200);
  CHECK(api.store.revision() == before);
  const std::string customer = api.sign_in(Role::customer);
  CHECK(quote(customer, "1").status == 200);
  CHECK(header_of(quote(customer, "1"), "Idempotent-Replayed") == "true");
}

TEST_CASE("whoever is signed out while their request is under way changes nothing any more") {
  AccountsApi api;
  api.add("owner@x.co.za", Role::admin);
  const std::string id = api.id_of("owner@x.co.za");
  const std::string customer_id = api.add("thandi@x.co.za", Role::customer);
  api.sign_in(Role::admin);
  api.set_pin(api.token_of("owner@x.co.za"), "271828");
  const std::map<std::string, Json> bodies{
      {"/api/v1/auth/password",
       {{"current_password", good_password}, {"new_password", "jacaranda in october"}}},
      {"/api/v1/auth/pin", {{"password", good_password}, {"pin", "314159"}}},
      {"/api/v1/bookings", booking_body()},
      {"/api/v1/bookings/:id", {{"phone", "082 555 0123"}}},
      {"/api/v1/bookings/:id/failed-trip", {{"client_id", "a"}, {"reason", "Rain"}}},
      {"/api/v1/bookings/:id/claim", {{"code", "7K3QX9M2VA"}}},
      {"/api/v1/bookings/:id/status", {{"status", "approved"}}},
      {"/api/v1/uploads/presign", photo_request()},
      {"/api/v1/admin/accounts", {{"name", "Eve"}, {"email", "eve@x.co.za"}, {"role", "admin"}}},
      {"/api/v1/admin/accounts/:id", {{"name", "Eve"}}},
      {"/api/v1/admin/calendar", {{"windows", Json::array()}}},
      {"/api/v1/admin/catalog", {{"items", Json::array()}, {"handling_fee", 1}}},
      {"/api/v1/admin/residences", {{"residences", Json::array({{{"name", "Tuksdorp"}}})}}},
      {"/api/v1/admin/business", {{"name", "Menlyn Boxes"}}},
      {"/api/v1/admin/events/again", {{"target", "sns"}, {"all", true}}},
      {"/api/v1/admin/webhooks", {{"url", "http://hooks.example/hss"}}},
      {"/api/v1/admin/webhooks/:id", {{"enabled", false}}},
      {"/api/v1/kiosk/device", {{"device", "Storage hall"}}},
      {"/api/v1/kiosk/unlock", {{"account_id", id}, {"pin", "271828"}}},
      {"/api/v1/notifications", {{"message", "Closed"}}}};
  // These change nothing on the disk, or nothing of an upload that does not exist; a ticket is
  // valid as long as its session.
  const std::set<std::string_view> no_changes{
      "/api/v1/uploads/:id/presign", "/api/v1/uploads/:id/complete", "/api/v1/audit/verification",
      "/api/v1/admin/webhooks/:id/test", "/api/v1/events/ticket"};
  int tried = 0;
  for (const auto& route : hss::api::routes()) {
    using Audience = hss::api::AccessPolicy::Audience;
    const Audience audience = route.who.accounts.audience;
    if (route.method == "GET" || audience == Audience::open || no_changes.contains(route.pattern))
      continue;
    INFO(route.method << " " << route.pattern);
    const bool is_for_customers = route.who.accounts.roles == std::vector<Role>{Role::customer};
    const std::string token = api.token_of(is_for_customers ? "thandi@x.co.za" : "owner@x.co.za");
    hss::api::Request request;
    request.method = route.method;
    request.target =
        std::regex_replace(std::string(route.pattern), std::regex(":(event_)?id"), "1");
    const auto body = bodies.find(std::string(route.pattern));
    request.body = body == bodies.end() ? "{}" : body->second.dump();
    request.headers = {
        {"Authorization",
         "Bearer " + (audience == Audience::kiosks ? api.open_kiosk(token) : token)}};
    bool was_signed_out = false;
    std::int64_t last_event = 0;
    // By now the request is authenticated and about to write.
    request.before_wait = [&] {
      if (std::exchange(was_signed_out, true)) return;
      api.store.transact([&](hss::domain::Tx& tx) {
        tx.sessions().remove_all_of(id);
        tx.sessions().remove_all_of(customer_id);
      });
      last_event = api.store.read(
          [](hss::domain::Reader& reader) { return reader.outbox().last_event_id(); });
    };
    const auto rejected = api.handle(request);
    CHECK(rejected.status == 401);
    CHECK(was_signed_out);
    CHECK(last_event == api.store.read([](hss::domain::Reader& reader) {
      return reader.outbox().last_event_id();
    }));
    ++tried;
  }
  CHECK(tried > 18);
  api.store.read([&](hss::domain::Reader& reader) {
    CHECK(reader.webhooks().list().empty());
    CHECK(reader.reports().overview().total_bookings == 0);
    CHECK_FALSE(reader.accounts().find_by_email("eve@x.co.za"));
    CHECK(reader.accounts().find(id)->name == "Somebody");
    CHECK(reader.business().get().name == "Hatfield Storage Solutions");
  });
}

TEST_CASE("an administrator who is disabled, or is none any more, adds no webhook") {
  AccountsApi api;
  api.add("owner@x.co.za", Role::admin);
  api.sign_in(Role::admin);
  const std::string id = api.id_of("owner@x.co.za");
  for (const hss::domain::AccountChange& change :
       {hss::domain::AccountChange{.enabled = false}, {.role = Role::staff, .enabled = true}}) {
    hss::api::Request request;
    request.method = "POST";
    request.target = "/api/v1/admin/webhooks";
    request.body = R"({"url":"http://hooks.example/hss"})";
    request.headers = {{"Authorization", "Bearer " + api.token_of("owner@x.co.za")}};
    // This runs while the name service is asked.
    request.before_wait = [&] {
      api.store.transact([&](hss::domain::Tx& tx) { api.service.change(tx, id, change, staff); });
    };
    CHECK(api.handle(request).status == 401);
    api.store.transact(
        [&](hss::domain::Tx& tx) { api.service.change(tx, id, {.enabled = true}, staff); });
  }
  CHECK(
      api.store.read([](hss::domain::Reader& reader) { return reader.webhooks().list(); }).empty());
}

TEST_CASE("the API writes only where the caller's session is looked at again") {
  std::set<std::string> writers;
  const std::regex write("store(_|\\(\\))?\\.transact(_deferred)?\\(");
  for (const char* layer : {"/src/api", "/src/auth"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(source_folder() + std::string(layer))) {
      if (!entry.is_regular_file()) continue;
      const std::string text = read_file(entry.path().string());
      if (std::regex_search(text, write)) writers.insert(entry.path().filename().string());
    }
  }
  // The last one records that a kiosk is in use, without a request for that.
  CHECK(writers ==
        std::set<std::string>{"accounts_authenticator.cpp", "idempotency.cpp", "sign_in.h"});
}
