// Accounts from the first start on, through the executable and with real password hashes.
#include <httplib.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <regex>

#include "api/api_fixture.h"
#include "commands/process.h"

using namespace hss::test;

namespace {

const std::string password = "Zwartkop hibiscus 88";

/// Returns the secret after the `#` of the link in a text.
std::string secret_in(const std::string& text) {
  std::smatch match;
  return std::regex_search(text, match, std::regex("/?welcome#([0-9A-Za-z_-]{43})\n"))
             ? match[1].str()
             : "";
}

/// A server in accounts mode, and a client that has a token.
class Shop {
 public:
  explicit Shop(const TempFolder& folder, std::vector<std::string> more = {})
      : db(folder.file("hss.db")), hss(folder, words(db, std::move(more))) {
    client.emplace("127.0.0.1", hss.port());
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
  }

  httplib::Result post(const std::string& path, const Json& body, const std::string& token = "") {
    return remember(
        client->Post("/api/v1" + path, headers(token), body.dump(), "application/json"));
  }
  httplib::Result get(const std::string& path, const std::string& token = "") {
    return remember(client->Get("/api/v1" + path, headers(token)));
  }
  std::string log_in(const std::string& email, const std::string& with = password) {
    const auto answer = post("/auth/login", {{"email", email}, {"password", with}});
    REQUIRE(answer->status == 200);
    return Json::parse(answer->body)["token"];
  }
  std::string holder_of(const std::string& token) {
    const Json account = Json::parse(get("/auth/session", token)->body)["account"];
    return account.is_null() ? "" : account["email"].get<std::string>();
  }

  std::string db;
  Process hss;
  std::optional<httplib::Client> client;
  std::string errors;  ///< the bodies of every answer from 400 up

 private:
  static std::vector<std::string> words(const std::string& db, std::vector<std::string> more) {
    std::vector<std::string> words{"--auth", "accounts", "--port", "0", "--db", db};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static httplib::Headers headers(const std::string& token) {
    if (token.empty()) return {};
    return {{"Authorization", "Bearer " + token}};
  }
  httplib::Result remember(httplib::Result answer) {
    REQUIRE(answer);
    if (answer->status >= 400) errors += answer->body;
    return answer;
  }
};

Outcome add_user(const std::string& db, const std::string& email, const std::string& role,
                 const std::string& with = password) {
  TempFolder output;
  return run(
      output,
      {"user", "add", email, "--name", "Somebody", "--role", role, "--password-stdin", "--db", db},
      with + "\n");
}

Outcome user(const std::string& db, std::vector<std::string> words, const std::string& input = "") {
  TempFolder output;
  words.insert(words.begin(), "user");
  words.insert(words.end(), {"--db", db});
  return run(output, words, input);
}

}  // namespace

TEST_CASE("the first start prints a link once, with which the first administrator signs in") {
  TempFolder folder;
  std::string unused;
  {
    Shop shop(folder);
    unused = secret_in(shop.hss.wait_for_output("welcome#"));
  }
  Shop shop(folder);
  const std::string secret = secret_in(shop.hss.wait_for_output("welcome#"));
  REQUIRE_FALSE(secret.empty());
  CHECK(secret != unused);
  const auto use = [&](const std::string& one) {
    return shop.post(
        "/auth/link",
        {{"link_token", one}, {"name", "Olga"}, {"email", "olga@x.co.za"}, {"password", password}});
  };
  CHECK(Json::parse(shop.get("/auth/session")->body)["needs_administrator"] == true);
  CHECK(use(unused)->status == 401);
  const auto used = use(secret);
  REQUIRE(used->status == 200);
  const std::string token = Json::parse(used->body)["token"];
  CHECK(shop.get("/admin/overview", token)->status == 200);
  CHECK(use(secret)->status == 401);
  CHECK(shop.hss.end(SIGTERM).exit_code == 0);

  Shop again(folder);
  CHECK(again.holder_of(token) == "olga@x.co.za");
  CHECK(again.hss.end(SIGTERM).out.find("welcome#") == std::string::npos);
}

TEST_CASE("an address in the network has accounts unless demo is said, which the log warns of") {
  TempFolder folder;
  TempFolder other;
  const auto mode_of = [](int port) {
    httplib::Client client("127.0.0.1", port);
    return Json::parse(client.Get("/api/v1/auth/session")->body)["mode"].get<std::string>();
  };
  Process accounts(folder, {"--host", "0.0.0.0", "--port", "0", "--db", ":memory:"});
  CHECK(mode_of(accounts.port()) == "accounts");
  CHECK(accounts.end(SIGTERM).error.find("demo mode") == std::string::npos);
  Process demo(other, {"--host", "0.0.0.0", "--port", "0", "--db", ":memory:", "--auth", "demo"});
  CHECK(mode_of(demo.port()) == "demo");
  CHECK(demo.end(SIGTERM).error.find("demo mode on 0.0.0.0") != std::string::npos);
}

TEST_CASE("hss user works beside a running server and takes effect at once") {
  TempFolder folder;
  const std::string db = folder.file("hss.db");
  // Works before the first start, too.
  const Outcome added = add_user(db, "Olga@x.co.za", "admin");
  CHECK(added.out == "olga@x.co.za can sign in as admin\n");
  CHECK(added.exit_code == 0);
  Shop shop(folder);
  const std::string admin = shop.log_in("olga@x.co.za");
  CHECK(add_user(db, "sipho@x.co.za", "staff").exit_code == 0);
  const std::string staff_token = shop.log_in("sipho@x.co.za");

  const Outcome list = user(db, {"list"});
  CHECK(list.out.find("olga@x.co.za") < list.out.find("sipho@x.co.za"));
  CHECK(list.out.find("scrypt") == list.out.npos);
  CHECK(user(db, {"disable", "sipho@x.co.za"}).exit_code == 0);
  CHECK(shop.get("/staff/queue", staff_token)->status == 401);
  CHECK(shop.post("/auth/login", {{"email", "sipho@x.co.za"}, {"password", password}})->status ==
        401);
  CHECK(user(db, {"list"}).out.find("disabled") != std::string::npos);
  CHECK(user(db, {"enable", "sipho@x.co.za"}).exit_code == 0);
  const std::string again = shop.log_in("sipho@x.co.za");
  CHECK(
      user(db, {"password", "sipho@x.co.za", "--password-stdin"}, "Another good one\n").exit_code ==
      0);
  CHECK(shop.holder_of(again) == "");
  CHECK_FALSE(shop.log_in("sipho@x.co.za", "Another good one").empty());
  const std::string secret = secret_in(user(db, {"link", "sipho@x.co.za"}).out);
  CHECK(shop.post("/auth/link", {{"link_token", secret}, {"password", password}})->status == 200);

  struct Row {
    Outcome outcome;
    const char* sentence;
  };
  for (const Row& row :
       {Row{add_user(db, "sipho@x.co.za", "staff"), "There is an account with this e-mail already"},
        Row{add_user(db, "no address", "staff"), "email is invalid"},
        Row{add_user(db, "new@x.co.za", "staff", "short"), "at least 10 characters"},
        Row{user(db, {"add", "new@x.co.za", "--name", "New", "--role", "staff"}),
            "--password-stdin"},
        Row{user(db, {"disable", "nobody@x.co.za"}), "There is no account nobody@x.co.za"},
        Row{user(db, {"disable", "olga@x.co.za"}), "the last administrator"}}) {
    CHECK(row.outcome.exit_code == 1);
    CHECK(row.outcome.error.find(row.sentence) != row.outcome.error.npos);
    CHECK(lines_of(row.outcome.error) == 1);
    CHECK(row.outcome.out.empty());
  }
  CHECK(shop.holder_of(admin) == "olga@x.co.za");
  const Json event = Json::parse(shop.get("/audit?event_type=link_made", admin)->body)["events"][0];
  CHECK(event["actor"] == "command line");
}

TEST_CASE(
    "hss key rotate: a running server signs with the new key from SIGHUP on, and old tokens hold") {
  TempFolder folder;
  add_user(folder.file("hss.db"), "olga@x.co.za", "admin");
  Shop shop(folder);
  const auto keys = [&] {
    return SQLite::Database(shop.db).execAndGet("SELECT count(*) FROM token_keys").getInt();
  };
  const std::string before = shop.log_in("olga@x.co.za");
  CHECK(keys() == 1);
  TempFolder output;
  const Outcome rotated = run(output, {"key", "rotate", "--db", shop.db});
  CHECK(rotated.exit_code == 0);
  CHECK(rotated.out.find("at the latest after a SIGHUP;") != std::string::npos);
  CHECK(keys() == 2);
  shop.hss.send(SIGHUP);
  shop.hss.wait_for_log("reloaded the token keys");
  CHECK(shop.holder_of(before) == "olga@x.co.za");
  const std::string after = shop.log_in("olga@x.co.za");
  // The earlier key has expired: only tokens of the new one are valid.
  SQLite::Database(shop.db, SQLite::OPEN_READWRITE)
      .exec("DELETE FROM token_keys WHERE retires_at IS NOT NULL");
  shop.hss.end(SIGTERM);
  Shop restarted(folder);
  CHECK(restarted.holder_of(before) == "");
  CHECK(restarted.holder_of(after) == "olga@x.co.za");
}

TEST_CASE("with HSS_JWT_SECRET no key lies in the database, and an earlier one still verifies") {
  TempFolder folder;
  add_user(folder.file("hss.db"), "olga@x.co.za", "admin");
  const std::string old_key(32, 'o'), new_key(64, 'n');
  const auto with = [](const std::string& secret) {
    ::setenv("HSS_JWT_SECRET", secret.c_str(), 1);
  };
  std::string token;
  with(old_key);
  {
    Shop shop(folder);
    token = shop.log_in("olga@x.co.za");
    CHECK(SQLite::Database(shop.db).execAndGet("SELECT count(*) FROM token_keys").getInt() == 0);
    TempFolder output;
    CHECK(run(output, {"key", "rotate", "--db", shop.db}).error.find("HSS_JWT_SECRET") !=
          std::string::npos);
  }
  {
    // A hangup has nothing to reload, and does not end the server.
    Shop shop(folder);
    shop.hss.send(SIGHUP);
    CHECK(shop.holder_of(token) == "olga@x.co.za");
    CHECK(shop.hss.end(SIGTERM).error.find("reloaded") == std::string::npos);
  }
  with(new_key + "," + old_key);
  CHECK(Shop(folder).holder_of(token) == "olga@x.co.za");
  with(new_key);
  CHECK(Shop(folder).holder_of(token) == "");
  with("too short");
  TempFolder output;
  const Outcome rejected = run(output, {"--auth", "accounts", "--db", ":memory:", "--port", "0"});
  CHECK(rejected.exit_code == 2);
  CHECK(rejected.error.find("at least 32 characters") != rejected.error.npos);
  CHECK(rejected.error.find("too short") == rejected.error.npos);
  // A command that does not use the key does not check it.
  CHECK(run(output, {"user", "list", "--db", folder.file("hss.db")}).exit_code == 0);
  ::unsetenv("HSS_JWT_SECRET");
}

TEST_CASE("no secret of anybody stands in a log, the audit trail, an error or a backup") {
  TempFolder folder;
  TempFolder other;
  Shop shop(folder, {"--log-format", "json"});
  std::vector<std::string> secrets{
      password, "Wrong hibiscus 88", "Third hibiscus 88", "Fourth hibiscus 88", "271828", "314159"};
  const auto keep = [&](const httplib::Result& answer, const char* member = "token") {
    const std::string secret = Json::parse(answer->body).value(member, "");
    REQUIRE(secret.size() > 20);
    secrets.push_back(secret.substr(secret.find('#') + 1));
    return secrets.back();
  };
  secrets.push_back(secret_in(shop.hss.wait_for_output("welcome#")));
  const std::string admin = keep(shop.post("/auth/link", {{"link_token", secrets.back()},
                                                          {"name", "Olga"},
                                                          {"email", "olga@x.co.za"},
                                                          {"password", password}}));
  shop.post("/auth/link", {{"link_token", secrets[6]}, {"password", password}});
  shop.post("/auth/login", {{"email", "olga@x.co.za"}, {"password", "Wrong hibiscus 88"}});
  shop.post("/auth/login", {{"email", "olga@x.co.za"}, {"password", 271828}});
  shop.get("/bookings?token=" + admin, admin.substr(0, admin.size() - 2));
  keep(shop.post("/auth/register",
                 {{"name", "Thandi"}, {"email", "thandi@x.co.za"}, {"password", password}}));
  const auto sipho = shop.post(
      "/admin/accounts", {{"name", "Sipho"}, {"email", "sipho@x.co.za"}, {"role", "staff"}}, admin);
  const std::string link = keep(sipho, "link");
  const std::string id = Json::parse(sipho->body)["id"];
  const std::string staff_token =
      keep(shop.post("/auth/link", {{"link_token", link}, {"password", "Third hibiscus 88"}}));
  keep(shop.post("/admin/accounts/" + id + "/link", Json::object(), admin), "path");
  shop.post("/auth/pin", {{"password", "Third hibiscus 88"}, {"pin", "271828"}}, staff_token);
  const std::string kiosk = keep(shop.post("/kiosk/device", {{"device", "Hall"}}, staff_token));
  shop.post("/kiosk/unlock", {{"account_id", id}, {"pin", "314159"}}, kiosk);
  keep(shop.post("/kiosk/unlock", {{"account_id", id}, {"pin", "271828"}}, kiosk));
  shop.post("/auth/password",
            {{"current_password", "Wrong hibiscus 88"}, {"new_password", "Fourth hibiscus 88"}},
            staff_token);
  keep(
      shop.post("/auth/password",
                {{"current_password", "Third hibiscus 88"}, {"new_password", "Fourth hibiscus 88"}},
                staff_token));
  keep(shop.post("/auth/login", {{"email", "olga@x.co.za"}, {"password", password}}));
  const std::string trail = shop.get("/audit", admin)->body;
  CHECK(trail.find("password_changed") != trail.npos);
  CHECK(run(other, {"backup", other.file("copy.db"), "--db", shop.db}).exit_code == 0);
  const std::string errors = shop.errors;
  const Outcome ended = shop.hss.end(SIGTERM);
  CHECK(lines_of(ended.error) > 15);
  CHECK(errors.size() > 500);
  for (const std::string& secret : secrets) {
    INFO(secret);
    CHECK(ended.error.find(secret) == ended.error.npos);
    CHECK(trail.find(secret) == trail.npos);
    CHECK(errors.find(secret) == errors.npos);
    CHECK(read_file(other.file("copy.db")).find(secret) == std::string::npos);
    CHECK(read_file(shop.db).find(secret) == std::string::npos);
  }
  CHECK(run(other, {"audit", "verify", "--db", shop.db}).exit_code == 0);
}
