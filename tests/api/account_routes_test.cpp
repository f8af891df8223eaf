// An administrator's work on accounts.
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"

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

TEST_CASE("POST /admin/accounts tells each fault, and a taken e-mail is a conflict") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const auto faulty =
      api.send("POST", accounts_path, admin, R"({"name":7,"email":"x","role":"captain"})");
  CHECK(faulty.status == 400);
  CHECK(details_of(faulty) ==
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
  // One who has no password yet cannot let anybody in.
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
    return tx.find_answer("admin@x.co.za", "k", "") || tx.find_answer("", "k", "");
  }));
}
