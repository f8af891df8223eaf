// Passwords and one-time links: the logins that get a token, and the end of that token.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>
#include <vector>

#include "api/accounts_fixture.h"

using namespace hss::test;
using namespace std::chrono_literals;
using hss::domain::Role;

namespace {

const std::string login_path = "/api/v1/auth/login";

/// The response without the parts that differ from request to request.
std::string words_of(const hss::api::Response& response) {
  Json body = body_of(response);
  body.erase("request_id");
  std::string text = std::to_string(response.status) + body.dump();
  for (const auto& [name, value] : response.headers) {
    if (name != "X-Request-Id") text += "\n" + name + ": " + value;
  }
  return text;
}

std::string secret_of(const std::string& link) {
  return link.substr(link.find('#') + 1);
}

}  // namespace

TEST_CASE("POST /auth/login gives a token for the right password, 12 hours long") {
  AccountsApi api;
  const std::string id = api.add("thandi@x.co.za", Role::customer);
  const auto response = api.log_in(" Thandi@X.co.za ");
  REQUIRE(response.status == 200);
  CHECK(header_of(response, "Cache-Control") == "no-store");
  const Json body = body_of(response);
  CHECK(body["role"] == "customer");
  CHECK(body["expires_in"] == 43200);
  const std::string token = body["token"];
  Json session = body_of(api.get("/api/v1/auth/session", token));
  session.erase("request_id");
  session.erase("business");
  CHECK(session == Json{{"mode", "accounts"},
                        {"account",
                         {{"id", id},
                          {"email", "thandi@x.co.za"},
                          {"name", "Somebody"},
                          {"role", "customer"},
                          {"enabled", true},
                          {"has_password", true},
                          {"has_pin", false},
                          {"created_at", "2026-11-22T08:00:00.000Z"}}},
                        {"device", nullptr},
                        {"needs_administrator", true}});
  api.clock.advance(12h - 1s);
  CHECK(api.holder_of(token) == "thandi@x.co.za");
  api.clock.advance(1s);
  CHECK(api.holder_of(token) == "");
}

TEST_CASE("a wrong password, an unknown e-mail and a disabled account are one and the same") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  api.add("gone@x.co.za", Role::customer);
  api.store.transact([&](hss::domain::Tx& tx) {
    auto account = tx.accounts().find_by_email("gone@x.co.za").value();
    account.enabled = false;
    tx.accounts().update(account);
    auto unset = account;
    unset.id = "ACC-0000000000";
    unset.email = "unset@x.co.za";
    unset.enabled = true;
    unset.password_hash = "";
    CHECK(tx.accounts().insert(unset));
  });
  const auto wrong = api.log_in("thandi@x.co.za", "wrong password");
  CHECK(wrong.status == 401);
  CHECK(body_of(wrong)["error"]["message"] == "The e-mail or the password is not right");
  CHECK_FALSE(body_of(wrong)["error"].contains("details"));
  struct Row {
    const char* email;
    std::string password;
  };
  for (const Row& row : {Row{"nobody@x.co.za", good_password}, Row{"gone@x.co.za", good_password},
                         Row{"gone@x.co.za", "wrong password"}, Row{"unset@x.co.za", good_password},
                         Row{"nobody@x.co.za", std::string(100'000, 'x')}}) {
    INFO(row.email);
    const int before = api.hashing.checked;
    const int hashed_before = api.hashing.hashed;
    CHECK(words_of(api.log_in(row.email, row.password)) == words_of(wrong));
    // Both do the same work once: without a hash, check() still takes its time.
    CHECK(api.hashing.checked == before + 1);
    CHECK(api.hashing.hashed == hashed_before);
  }
}

TEST_CASE("POST /auth/login tells each fault before it looks for anybody") {
  AccountsApi api;
  for (const char* body :
       {"{}", R"({"email":"x@y.co.za"})", R"({"password":"x"})",
        R"({"email":"x@y.co.za","password":""})", R"({"email":"x@y.co.za","password":7})",
        R"({"email":"x@y.co.za","password":null})", R"({"email":"no address","password":"x"})"}) {
    INFO(body);
    CHECK(api.send("POST", login_path, "", body).status == 400);
  }
  CHECK(api.hashing.checked == 0);
}

TEST_CASE("a hash of an outdated cost is made anew with the password that fits it") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  api.hashing.is_outdated = true;
  CHECK(api.log_in("thandi@x.co.za", "wrong password").status == 401);
  CHECK(api.hashing.hashed == 0);
  CHECK(api.log_in("thandi@x.co.za").status == 200);
  CHECK(api.hashing.hashed == 1);
  api.hashing.is_outdated = false;
  CHECK(api.log_in("thandi@x.co.za").status == 200);
  CHECK(api.hashing.hashed == 1);
}

TEST_CASE("wrong passwords are slowed down, and the owner elsewhere is not") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  const std::string home = "198.51.100.7", attacker = "203.0.113.9";
  CHECK(api.log_in("thandi@x.co.za", good_password, home).status == 200);
  for (int i = 0; i < 5; ++i) {
    CHECK(api.log_in("thandi@x.co.za", "wrong", attacker).status == 401);
  }
  const int before = api.hashing.checked;
  const auto rejected = api.log_in("thandi@x.co.za", "wrong", attacker);
  CHECK(rejected.status == 429);
  CHECK(code_of(rejected) == "rate_limited");
  CHECK(header_of(rejected, "Retry-After") == "60");
  CHECK(api.log_in("thandi@x.co.za", good_password, attacker).status == 429);
  // They are rejected without work.
  CHECK(api.hashing.checked == before);
  CHECK(api.log_in("thandi@x.co.za", good_password, home).status == 200);
  CHECK(api.log_in("thandi@x.co.za", good_password, "198.51.100.200").status == 200);
  api.clock.advance(60s);
  CHECK(api.log_in("thandi@x.co.za", "wrong", attacker).status == 401);
  CHECK(api.log_in("thandi@x.co.za", "wrong", attacker).status == 429);
}

TEST_CASE("an attack from many addresses runs dry, and the owner gets in all the while") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  const std::string home = "198.51.100.7";
  CHECK(api.log_in("thandi@x.co.za", good_password, home).status == 200);
  int tried = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string address = "203.0.113." + std::to_string(i);
    for (int j = 0; j < 5; ++j) {
      if (api.log_in("thandi@x.co.za", "wrong", address).status == 401) ++tried;
    }
  }
  CHECK(tried < 1000);
  CHECK(tried == 200 * 3 + 100);
  CHECK(api.log_in("thandi@x.co.za", good_password, home).status == 200);
  for (int i = 0; i < 2; ++i) {
    CHECK(api.log_in("thandi@x.co.za", "mistyped", home).status == 401);
  }
  CHECK(api.log_in("thandi@x.co.za", good_password, home).status == 200);
  CHECK(api.log_in("thandi@x.co.za", good_password, "192.0.2.200").status == 200);
}

TEST_CASE("one address cannot try account after account") {
  AccountsApi api;
  int tried = 0;
  for (int i = 0; i < 200; ++i) {
    if (api.log_in("u" + std::to_string(i) + "@x.co.za", "wrong").status == 401) ++tried;
  }
  CHECK(tried == 60);
  // A student with the right password is no attacker, however many share the address.
  AccountsApi residence;
  residence.add("thandi@x.co.za", Role::customer);
  for (int i = 0; i < 200; ++i) CHECK(residence.log_in("thandi@x.co.za").status == 200);
}

TEST_CASE("POST /auth/register makes a customer and signs them in") {
  AccountsApi api;
  const Json form{{"name", " Thandi Mokoena "},
                  {"email", "Thandi@X.co.za"},
                  {"password", good_password},
                  {"role", "admin"}};
  const auto response = api.post("/api/v1/auth/register", form);
  CHECK(response.status == 201);
  CHECK(header_of(response, "Cache-Control") == "no-store");
  CHECK(body_of(response)["role"] == "customer");
  CHECK(api.holder_of(body_of(response)["token"]) == "thandi@x.co.za");
  CHECK(body_of(response)["device_mark"].get<std::string>().size() == 43);
  CHECK(api.log_in("thandi@x.co.za").status == 200);
  const std::string admin = api.sign_in(Role::admin);
  const Json events = body_of(api.get("/api/v1/audit?event_type=account_created", admin))["events"];
  CHECK(events[1]["actor"] == "thandi@x.co.za");
  CHECK(events[1]["payload"]["role"] == "customer");

  const auto invalid = api.send("POST", "/api/v1/auth/register", "",
                                R"({"name":"T","email":"x","password":"short"})");
  CHECK(invalid.status == 400);
  CHECK(details_of(invalid) == std::vector<std::string>{"name must be at least 2 characters",
                                                        "email is invalid",
                                                        "password must be at least 10 characters"});
}

TEST_CASE("a residence of 300 registers behind one address, and one who floods shuts nobody out") {
  AccountsApi api;
  const auto register_one = [&](int i) {
    return api.send("POST", "/api/v1/auth/register", "",
                    Json{{"name", "Thandi"},
                         {"email", "t" + std::to_string(i) + "@x.co.za"},
                         {"password", good_password}}
                        .dump());
  };
  for (int i = 0; i < 400; ++i) CHECK(register_one(i).status == 201);
  CHECK(api.log_in("t399@x.co.za").status == 200);
}

TEST_CASE("where more register than a residence has students, each waits for the other's hash") {
  hss::auth::HashLimiter hash_limiter;
  using Pool = hss::auth::HashLimiter::Pool;
  const auto is_free = [&](Pool pool, const std::string& network, const std::string& caller) {
    try {
      const auto slot = hash_limiter.take(pool, network, caller);
      return true;
    } catch (const hss::domain::Error&) {
      return false;
    }
  };
  const auto flooding = hash_limiter.take(Pool::crowded, "residence", "a");
  CHECK_FALSE(is_free(Pool::crowded, "residence", "b"));
  CHECK(is_free(Pool::crowded, "elsewhere", "b"));
  CHECK(is_free(Pool::anybody, "residence", "b"));
}

TEST_CASE("one who tries everybody's password locks none of an address' others out") {
  AccountsApi api;
  for (const char* email : {"thandi@x.co.za", "sipho@x.co.za", "lerato@x.co.za"}) {
    api.add(email, Role::customer);
  }
  for (int i = 0; i < 400; ++i) {
    api.log_in("u" + std::to_string(i) + "@x.co.za", "wrong");
    api.log_in("thandi@x.co.za", "wrong");
    api.log_in("sipho@x.co.za", good_password);
  }
  CHECK(api.log_in("thandi@x.co.za").status == 429);
  CHECK(api.log_in("sipho@x.co.za").status == 429);
  // A student who mistypes the password twice still gets in.
  CHECK(api.log_in("lerato@x.co.za", "wrong").status == 401);
  CHECK(api.log_in("lerato@x.co.za", "wrong").status == 401);
  CHECK(api.log_in("lerato@x.co.za").status == 200);
  // A guesser has three attempts in a quarter of an hour, and then those of the whole address.
  int tried = 0;
  for (int i = 0; i < 10; ++i) tried += api.log_in("lerato@x.co.za", "guess").status == 401;
  CHECK(tried == 1);
}

TEST_CASE("a new password ends every other session, and needs the one before") {
  AccountsApi api;
  const std::string id = api.add("thandi@x.co.za", Role::customer);
  const std::string here = api.token_of("thandi@x.co.za");
  const std::string elsewhere = api.token_of("thandi@x.co.za");
  const auto change = [&](const std::string& current, const std::string& fresh) {
    return api.post("/api/v1/auth/password",
                    {{"current_password", current}, {"new_password", fresh}}, here);
  };
  const auto wrong = change("not the password", "another good one");
  CHECK(wrong.status == 401);
  CHECK(details_of(wrong) == std::vector<std::string>{"current_password is not right"});
  CHECK(api.holder_of(here) == "thandi@x.co.za");
  CHECK(change(good_password, "short").status == 400);
  CHECK(change(good_password, "thandi@x.co.za").status == 400);
  const auto changed = change(good_password, "another good one");
  CHECK(changed.status == 200);
  CHECK(api.holder_of(here) == "");
  CHECK(api.holder_of(elsewhere) == "");
  const std::string now = body_of(changed)["token"];
  CHECK(api.holder_of(now) == "thandi@x.co.za");
  CHECK(api.log_in("thandi@x.co.za").status == 401);
  CHECK(api.log_in("thandi@x.co.za", "another good one").status == 200);
  for (int i = 0; i < 5; ++i) {
    api.post("/api/v1/auth/password",
             {{"current_password", "guess"}, {"new_password", good_password}}, now);
  }
  const auto rejected =
      api.post("/api/v1/auth/password",
               {{"current_password", "another good one"}, {"new_password", good_password}}, now);
  CHECK(rejected.status == 429);
}

TEST_CASE("a login with the old password that is under way while the password changes fails") {
  AccountsApi api;
  const std::string id = api.add("thandi@tuks.co.za", Role::customer);
  bool is_under_way = true;
  api.hashing.before_check = [&] {
    if (!std::exchange(is_under_way, false)) return;
    api.store.transact([&](hss::domain::Tx& tx) {
      api.service.set_password(tx, id, CheapHashing::hash_of("another good password"),
                               hss::test::staff);
    });
  };
  CHECK(api.log_in("thandi@tuks.co.za").status == 401);
  CHECK(api.log_in("thandi@tuks.co.za", "another good password").status == 200);
}

TEST_CASE("a login that is under way while its account is disabled fails") {
  AccountsApi api;
  const std::string id = api.add("thandi@tuks.co.za", Role::customer);
  bool is_under_way = true;
  api.hashing.before_check = [&] {
    if (!std::exchange(is_under_way, false)) return;
    api.store.transact([&](hss::domain::Tx& tx) {
      api.service.change(tx, id, {.enabled = false}, hss::test::staff);
    });
  };
  CHECK(api.log_in("thandi@tuks.co.za").status == 401);
}

TEST_CASE("a login whose hash is made anew while the password changes leaves the new one") {
  AccountsApi api;
  const std::string id = api.add("thandi@tuks.co.za", Role::customer);
  api.hashing.is_outdated = true;
  bool is_under_way = true;
  api.hashing.before_check = [&] {
    if (!std::exchange(is_under_way, false)) return;
    api.store.transact([&](hss::domain::Tx& tx) {
      api.service.set_password(tx, id, CheapHashing::hash_of("another good password"),
                               hss::test::staff);
    });
  };
  CHECK(api.log_in("thandi@tuks.co.za").status == 401);
  api.hashing.is_outdated = false;
  CHECK(api.log_in("thandi@tuks.co.za", "another good password").status == 200);
  CHECK(api.log_in("thandi@tuks.co.za").status == 401);
}

TEST_CASE("logging out ends that token and no other") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  const std::string here = api.token_of("thandi@x.co.za");
  const std::string elsewhere = api.token_of("thandi@x.co.za");
  CHECK(api.send("POST", "/api/v1/auth/logout", here).status == 200);
  CHECK(api.holder_of(here) == "");
  CHECK(api.holder_of(elsewhere) == "thandi@x.co.za");
  CHECK(api.send("POST", "/api/v1/auth/logout", here).status == 401);
}

TEST_CASE("a token ends at once where another program disables its account or changes its rights") {
  TempFolder folder;
  AccountsApi api(folder.file("hss.db"));
  hss::storage::SqliteStore elsewhere(folder.file("hss.db"), [](const std::string&) {});
  const auto change = [&](const std::string& email, const hss::domain::AccountChange& wanted) {
    elsewhere.transact([&](hss::domain::Tx& tx) {
      api.service.change(tx, tx.accounts().find_by_email(email)->id, wanted, staff);
    });
  };
  api.add("owner@x.co.za", Role::admin);
  const std::string admin = api.sign_in(Role::admin);
  const std::string staff_token = api.sign_in(Role::staff);
  const std::string customer = api.sign_in(Role::customer);
  change("admin@x.co.za", {.role = Role::staff});
  CHECK(api.get("/api/v1/admin/overview", admin).status == 401);
  change("staff@x.co.za", {.enabled = false});
  CHECK(api.get("/api/v1/staff/queue", staff_token).status == 401);
  CHECK(api.log_in("staff@x.co.za").status == 401);
  elsewhere.transact([&](hss::domain::Tx& tx) {
    api.service.set_password(tx, api.id_of("customer@x.co.za"),
                             CheapHashing::hash_of("another good one"), staff);
  });
  CHECK(api.get("/api/v1/bookings", customer).status == 401);
  change("staff@x.co.za", {.enabled = true});
  CHECK(api.log_in("staff@x.co.za").status == 200);
  CHECK(api.get("/api/v1/staff/queue", staff_token).status == 401);
}

TEST_CASE("a role that was changed behind the program's back is the one that counts") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  api.store.transact([&](hss::domain::Tx& tx) {
    auto account = tx.accounts().find_by_email("admin@x.co.za").value();
    account.role = Role::customer;
    tx.accounts().update(account);
  });
  CHECK(api.get("/api/v1/admin/overview", admin).status == 403);
  CHECK(api.get("/api/v1/bookings", admin).status == 200);
}

TEST_CASE("a token of an earlier key holds until that key goes") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  const std::string before = api.token_of("thandi@x.co.za");
  api.signer.replace_keys({std::string(32, 'n'), std::string(32, 'k')});
  const std::string after = api.token_of("thandi@x.co.za");
  CHECK(api.holder_of(before) == "thandi@x.co.za");
  CHECK(api.holder_of(after) == "thandi@x.co.za");
  api.signer.replace_keys({std::string(32, 'n')});
  CHECK(api.holder_of(before) == "");
  CHECK(api.holder_of(after) == "thandi@x.co.za");
}

TEST_CASE("a link sets a password once, within 15 minutes, and ends what was open") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const auto made =
      api.post("/api/v1/admin/accounts",
               {{"name", "Sipho"}, {"email", "sipho@x.co.za"}, {"role", "staff"}}, admin);
  REQUIRE(made.status == 201);
  CHECK(header_of(made, "Cache-Control") == "no-store");
  CHECK(body_of(made)["has_password"] == false);
  CHECK(body_of(made)["link_expires_at"] == "2026-11-22T08:15:00.000Z");
  const std::string first = secret_of(body_of(made)["link"]);
  CHECK(first.size() == 43);
  const std::string path = "/api/v1/admin/accounts/" + api.id_of("sipho@x.co.za") + "/link";
  const auto use = [&](const std::string& secret, const std::string& password = good_password) {
    return api.post("/api/v1/auth/link", {{"link_token", secret}, {"password", password}});
  };

  const std::string second = secret_of(body_of(api.send("POST", path, admin))["path"]);
  CHECK(use(first).status == 401);
  // A rejected password leaves the link as it is.
  CHECK(use(second, "short").status == 400);
  const auto used = use(second);
  REQUIRE(used.status == 200);
  CHECK(body_of(used)["role"] == "staff");
  const std::string token = body_of(used)["token"];
  CHECK(api.holder_of(token) == "sipho@x.co.za");
  const auto again = use(second);
  CHECK(again.status == 401);
  CHECK(details_of(again) == std::vector<std::string>{"link_token holds no longer"});

  const std::string third = secret_of(body_of(api.send("POST", path, admin))["path"]);
  api.clock.advance(15min);
  CHECK(use(third).status == 401);
  const std::string fourth = secret_of(body_of(api.send("POST", path, admin))["path"]);
  CHECK(use(fourth, "another good one").status == 200);
  CHECK(api.holder_of(token) == "");
  const std::string fifth = secret_of(body_of(api.send("POST", path, admin))["path"]);
  api.patch("/api/v1/admin/accounts/" + api.id_of("sipho@x.co.za"), {{"enabled", false}}, admin);
  CHECK(use(fifth).status == 401);
  CHECK(api.send("POST", path, admin).status == 409);
}

TEST_CASE("the first link makes the first administrator, and none after there is one") {
  AccountsApi api;
  const auto make = [&] {
    const auto secret = hss::auth::new_secret(api.random_);
    api.store.transact([&](hss::domain::Tx& tx) { api.service.make_first_link(tx, secret.hash); });
    return secret.text;
  };
  const auto use = [&](const std::string& secret, const std::string& email) {
    return api.post(
        "/api/v1/auth/link",
        {{"link_token", secret}, {"password", good_password}, {"name", "Olga"}, {"email", email}});
  };
  CHECK(body_of(api.get("/api/v1/auth/session"))["needs_administrator"] == true);
  const std::string earlier = make(), secret = make();
  CHECK(use(earlier, "olga@x.co.za").status == 401);
  CHECK(use(secret, "no address").status == 400);
  const auto used = use(secret, "olga@x.co.za");
  REQUIRE(used.status == 200);
  CHECK(body_of(used)["role"] == "admin");
  CHECK(api.get("/api/v1/admin/overview", body_of(used)["token"]).status == 200);
  CHECK(body_of(api.get("/api/v1/auth/session"))["needs_administrator"] == false);
  CHECK(use(make(), "eve@x.co.za").status == 401);
}

TEST_CASE("a flood of logins leaves workers for everybody else") {
  AccountsApi api;
  const std::string customer = api.sign_in(Role::customer);
  const std::string staff_token = api.sign_in(Role::staff);
  const std::string staff_id = api.id_of("staff@x.co.za");
  const std::string mark = body_of(api.log_in("staff@x.co.za"))["device_mark"];
  api.set_pin(staff_token, "271828");
  const std::string kiosk = api.open_kiosk(staff_token);
  // Each login waits inside its hash, as it waits for a processor under load.
  std::atomic<bool> is_over = false;
  std::atomic<int> checking = 0;
  api.hashing.before_check = [&] {
    ++checking;
    while (!is_over) std::this_thread::yield();
  };
  std::atomic<int> rejected = 0, tried = 0;
  std::vector<std::thread> flood;
  for (int i = 0; i < 64; ++i) {
    flood.emplace_back([&, i] {
      const auto response =
          api.log_in("customer@x.co.za", "wrong", "203.0.113." + std::to_string(i));
      ++(response.status == 429 ? rejected : tried);
    });
  }
  while (rejected < 50) std::this_thread::yield();
  CHECK(api.get("/api/v1/bookings", customer).status == 200);
  // Known clients need not wait behind them: a trusted device, and a kiosk.
  std::atomic<int> known = 0;
  std::thread marked([&] {
    const auto response = api.log_in("staff@x.co.za", good_password, "203.0.113.1", mark);
    known += response.status == 200;
  });
  std::thread unlocked([&] { known += api.unlock(kiosk, staff_id, "271828").status == 200; });
  while (checking < 16) std::this_thread::yield();
  is_over = true;
  for (auto& thread : flood) thread.join();
  marked.join();
  unlocked.join();
  CHECK(rejected == 50);
  CHECK(tried == 14);
  CHECK(known == 2);
}

TEST_CASE("one address has few logins under way at once, and others get in beside it") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  std::atomic<bool> is_over = false;
  std::atomic<int> checking = 0;
  api.hashing.before_check = [&] {
    ++checking;
    while (!is_over) std::this_thread::yield();
  };
  std::atomic<int> rejected = 0, tried = 0;
  std::vector<std::thread> flood;
  for (int i = 0; i < 20; ++i) {
    flood.emplace_back([&] {
      ++(api.log_in("thandi@x.co.za", good_password, "203.0.113.9").status == 429 ? rejected
                                                                                  : tried);
    });
  }
  while (rejected < 16) std::this_thread::yield();
  std::atomic<int> answer = 0;
  std::thread other([&] { answer = api.log_in("thandi@x.co.za").status; });
  while (checking < 5) std::this_thread::yield();
  is_over = true;
  other.join();
  for (auto& thread : flood) thread.join();
  CHECK(answer == 200);
  CHECK(tried == 4);
}

TEST_CASE("right logins cost as much as wrong ones, so an address has only so many of them") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  int let_in = 0;
  for (int i = 0; i < 400; ++i) let_in += api.log_in("thandi@x.co.za").status == 200;
  CHECK(let_in == 300);
  CHECK(api.log_in("thandi@x.co.za", good_password, "198.51.100.7").status == 200);
}

TEST_CASE("an account has twenty sessions of its own at most, and the oldest goes first") {
  AccountsApi api;
  const std::string staff_token = api.sign_in(Role::staff);
  const std::string kiosk = api.open_kiosk(staff_token);
  std::vector<std::string> tokens{staff_token};
  for (int i = 0; i < 20; ++i) {
    api.clock.advance(1s);
    tokens.push_back(api.token_of("staff@x.co.za"));
  }
  CHECK(api.holder_of(tokens[0]) == "");
  CHECK(api.holder_of(tokens[1]) == "staff@x.co.za");
  CHECK(api.holder_of(tokens[20]) == "staff@x.co.za");
  CHECK(api.get("/api/v1/kiosk/people", kiosk).status == 200);
}

TEST_CASE("a neighbour's wrong tries do not shut out a browser that has signed in before") {
  AccountsApi api;
  const std::string id = api.add("thandi@x.co.za", Role::customer);
  api.add("sipho@x.co.za", Role::customer);
  const std::string email = "thandi@x.co.za", residence = "198.51.100.7";
  const auto first = api.log_in(email, good_password, residence);
  const std::string mark = body_of(first)["device_mark"];
  CHECK(mark.size() == 43);
  for (int i = 0; i < 100; ++i) {
    api.log_in(email, "wrong", residence);
    api.log_in("u" + std::to_string(i) + "@x.co.za", "wrong", residence);
  }
  CHECK(api.log_in(email, good_password, residence).status == 429);
  const auto again = api.log_in(email, good_password, residence, mark);
  CHECK(again.status == 200);
  CHECK(body_of(again)["device_mark"] == mark);
  // The token belongs to this account alone, and is no password.
  CHECK(api.log_in("sipho@x.co.za", "wrong", residence, mark).status == 401);
  for (int i = 0; i < 5; ++i) CHECK(api.log_in(email, "wrong", residence, mark).status == 401);
  CHECK(api.log_in(email, good_password, residence, mark).status == 429);
  CHECK(api.send("POST", login_path, "",
                 Json{{"email", email}, {"password", good_password}, {"device_mark", 7}}.dump())
            .status == 400);
  // A token that no account has is ignored.
  const auto unknown = api.log_in(email, good_password, "192.0.2.77", std::string(43, 'x'));
  CHECK(unknown.status == 200);
  CHECK(body_of(unknown)["device_mark"] != std::string(43, 'x'));

  const auto is_known = [&] {
    return api.store.read([&](hss::domain::Reader& reader) {
      return reader.accounts().has_trusted_device(id, hss::auth::hash_of_secret(mark),
                                                  api.service.trusted_device_since());
    });
  };
  CHECK(is_known());
  api.clock.advance(90 * 24h);
  CHECK_FALSE(is_known());
}

TEST_CASE("an account has ten device marks at most, and a new password forgets them") {
  AccountsApi api;
  const std::string id = api.add("thandi@x.co.za", Role::customer);
  const auto is_known = [&](const std::string& mark) {
    return api.store.read([&](hss::domain::Reader& reader) {
      return reader.accounts().has_trusted_device(id, hss::auth::hash_of_secret(mark),
                                                  api.service.trusted_device_since());
    });
  };
  std::vector<std::string> marks;
  std::string token;
  for (int i = 0; i < 11; ++i) {
    api.clock.advance(1s);
    const Json body = body_of(api.log_in("thandi@x.co.za"));
    marks.push_back(body["device_mark"]);
    token = body["token"];
  }
  CHECK_FALSE(is_known(marks[0]));
  CHECK(is_known(marks[1]));
  const Json changed = body_of(
      api.post("/api/v1/auth/password",
               {{"current_password", good_password}, {"new_password", "another good one"}}, token));
  CHECK_FALSE(is_known(marks[10]));
  CHECK(is_known(changed["device_mark"]));
}

TEST_CASE("registering again with the same password signs in, and with another is a conflict") {
  AccountsApi api;
  api.add("thandi@x.co.za", Role::customer);
  const auto register_with = [&](const std::string& password) {
    return api.post("/api/v1/auth/register",
                    {{"name", "Thandi"}, {"email", "thandi@x.co.za"}, {"password", password}});
  };
  const auto response = register_with(good_password);
  CHECK(response.status == 201);
  CHECK(api.holder_of(body_of(response)["token"]) == "thandi@x.co.za");
  const auto rejected = register_with("somebody else's");
  CHECK(rejected.status == 409);
  CHECK(body_of(rejected)["error"]["message"] ==
        "There is an account with this e-mail already; sign in instead, or ask us for a new "
        "password");
  // Registration is no way around the limits of a login.
  for (int i = 0; i < 4; ++i) CHECK(register_with("somebody else's").status == 409);
  CHECK(register_with(good_password).status == 429);
  CHECK(api.log_in("thandi@x.co.za").status == 429);
}

TEST_CASE("a link made before a new password, or before disabling, opens nothing afterwards") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string token = api.sign_in(Role::customer);
  const std::string path = "/api/v1/admin/accounts/" + api.id_of("customer@x.co.za");
  const auto use = [&](const std::string& secret) {
    return api.post("/api/v1/auth/link", {{"link_token", secret}, {"password", "the thief's own"}})
        .status;
  };
  const auto make = [&] {
    return secret_of(body_of(api.send("POST", path + "/link", admin))["path"]);
  };
  const std::string before_password = make();
  CHECK(api.post("/api/v1/auth/password",
                 {{"current_password", good_password}, {"new_password", "another good one"}}, token)
            .status == 200);
  CHECK(use(before_password) == 401);
  const std::string before_disabling = make();
  api.patch(path, {{"enabled", false}}, admin);
  api.patch(path, {{"enabled", true}}, admin);
  CHECK(use(before_disabling) == 401);
}

TEST_CASE("a password set by a link takes the PIN away, which whoever had the account may know") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string staff_token = api.sign_in(Role::staff);
  api.set_pin(staff_token, "271828");
  const std::string path = "/api/v1/admin/accounts/" + api.id_of("staff@x.co.za") + "/link";
  const std::string secret = secret_of(body_of(api.send("POST", path, admin))["path"]);
  const auto used =
      api.post("/api/v1/auth/link", {{"link_token", secret}, {"password", "another good one"}});
  REQUIRE(used.status == 200);
  const Json session = body_of(api.get("/api/v1/auth/session", body_of(used)["token"]));
  CHECK(session["account"]["has_pin"] == false);
  CHECK(body_of(api.get("/api/v1/audit?event_type=pin_changed", admin))["events"].size() == 2);
}
