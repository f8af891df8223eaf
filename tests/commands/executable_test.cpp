// The executable itself, started as a user starts it.
#include <httplib.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <cstdlib>
#include <future>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "api/api_fixture.h"
#include "certificate.h"
#include "commands/process.h"
#include "outgoing/broken_server.h"
#include "support.h"

using namespace hss::test;

TEST_CASE("hss serves, tells where, and ends cleanly on SIGTERM with everything in one file") {
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  httplib::Client client("127.0.0.1", hss.port());
  CHECK(client.Post("/api/v1/bookings", booking_body().dump(), "application/json")->status == 201);
  CHECK(hss.end(SIGTERM).exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(folder.file("hss.db-wal")));
  SQLite::Database database(folder.file("hss.db"));
  CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
  CHECK(database.execAndGet("SELECT count(*) FROM bookings").getInt() == 1);
}

TEST_CASE("hss ends at once while a webhook is tested that hangs, and answers who tests it") {
  BrokenServer hanging([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0", "--allow-private-webhooks"});
  httplib::Client client("127.0.0.1", hss.port());
  client.set_default_headers({{"X-HSS-Role", "admin"}});
  client.set_read_timeout(60);
  const std::string path = "/api/v1/admin/webhooks";
  const auto added = client.Post(path, Json{{"url", hanging.url()}}.dump(), "application/json");
  const std::string id = Json::parse(added->body)["id"];
  auto tested = std::async(std::launch::async, [&] {
    return Json::parse(client.Post(path + "/" + id + "/test", "{}", "application/json")->body);
  });
  hanging.wait_for_call();
  const auto began = std::chrono::steady_clock::now();
  CHECK(hss.end(SIGTERM).exit_code == 0);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(8));
  const Json result = tested.get();
  CHECK(result["delivered"] == false);
  CHECK(result["error"] == "The request was ended from here");
}

TEST_CASE("what is wrong with the message bus is said once, and as it is") {
  TempFolder folder;
  ::setenv("MESSAGE_BUS_MODE", "sns", 1);
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  ::unsetenv("MESSAGE_BUS_MODE");
  hss.port();
  const std::string log = hss.end(SIGTERM).error;
  const auto first = log.find("MESSAGE_BUS_MODE");
  REQUIRE(first != log.npos);
  CHECK(log.find("MESSAGE_BUS_MODE", first + 1) == log.npos);
  const bool is_without_sns = log.find("was built without it (HSS_WITH_SNS)") != log.npos;
  CHECK((is_without_sns || log.find("SNS_TOPIC_ARN is not set") != log.npos));
}

TEST_CASE("a closed terminal ends a server that has nothing to read again") {
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  hss.port();
  CHECK(hss.end(SIGHUP).exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(folder.file("hss.db-wal")));
}

TEST_CASE("a server says a month ahead that its certificate expires") {
  constexpr long day = 24 * 3600;
  const auto [days_left, is_said] = GENERATE(std::pair{29, true}, std::pair{40, false});
  const Certificate certificate(days_left * day);
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0", "--tls-cert",
                       certificate.file(), "--tls-key", certificate.key()});
  hss.wait_for_output("stop with");
  const std::string log = hss.end(SIGTERM).error;
  CHECK((log.find("the certificate expires on") != log.npos) == is_said);
}

TEST_CASE("a start that is refused for its proxies or certificate makes no database") {
  TempFolder folder;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--trusted-proxy", "garbage"},
        {"--tls-cert", folder.file("none.pem"), "--tls-key", folder.file("none.key")}}) {
    std::vector<std::string> all{"--db", folder.file("hss.db"), "--port", "0"};
    all.insert(all.end(), words.begin(), words.end());
    const Outcome rejected = run(folder, all);
    CHECK(rejected.exit_code == 1);
    CHECK(lines_of(rejected.error) == 1);
    CHECK_FALSE(std::filesystem::exists(folder.file("hss.db")));
  }
}

TEST_CASE("a server deletes what has expired by itself, with no request that has a key") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  hss::storage::SqliteStore(file, [](const std::string&) {}).transact([](hss::domain::Tx& tx) {
    for (int i = 0; i < 2'100; ++i) {
      tx.idempotency().insert({.scope = "thandi@tuks.co.za",
                               .key = std::to_string(i),
                               .fingerprint = "f",
                               .status = 404,
                               .body = "{}",
                               .location = "",
                               .created_at = "2026-11-01T00:00:00.000Z"},
                              "");
    }
  });
  Process hss(folder, {"serve", "--db", file, "--port", "0"});
  hss.port();
  const auto left = [&] {
    return SQLite::Database(file).execAndGet("SELECT count(*) FROM remembered_answers").getInt();
  };
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (left() > 0 && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  CHECK(left() == 0);
  CHECK(hss.end(SIGTERM).exit_code == 0);
}

TEST_CASE(
    "bookings of 64 clients at once are all there after kill -9, and no key is honoured twice") {
  constexpr int clients = 64;
#ifdef HSS_SANITIZED
  constexpr int bookings = 2'000;
#else
  constexpr int bookings = 20'000;
#endif
  TempFolder folder;
  std::set<std::string> acknowledged;
  std::string body;
  const httplib::Headers key{{"Idempotency-Key", "survivor"}};
  {
    Process hss(folder, {"serve", "--db", folder.file("hss.db"), "--port", "0"});
    const int port = hss.port();
    body = httplib::Client("127.0.0.1", port)
               .Post("/api/v1/bookings", key, booking_body().dump(), "application/json")
               ->body;
    std::mutex mutex;
    std::atomic<int> left = bookings;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i) {
      threads.emplace_back([&] {
        httplib::Client client("127.0.0.1", port);
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);
        const std::string booking = booking_body().dump();
        while (left-- > 0) {
          const auto answer = client.Post("/api/v1/bookings", booking, "application/json");
          if (!answer || answer->status != 201) return;
          const std::string id = Json::parse(answer->body)["booking_id"];
          const std::lock_guard lock(mutex);
          acknowledged.insert(id);
        }
      });
    }
    for (auto& thread : threads) thread.join();
    hss.end(SIGKILL);
  }
  CHECK(acknowledged.size() == bookings);

  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  httplib::Client client("127.0.0.1", hss.port());
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  const auto again =
      client.Post("/api/v1/bookings", key, booking_body().dump(), "application/json");
  CHECK(again->body == body);
  CHECK(again->get_header_value("Idempotent-Replayed") == "true");
  std::size_t lost = 0;
  for (const std::string& id : acknowledged) {
    if (client.Get("/api/v1/bookings/" + id)->status != 200) ++lost;
  }
  CHECK(lost == 0);
  CHECK(hss.end(SIGTERM).exit_code == 0);
  CHECK(run(folder, {"audit", "verify", "--db", folder.file("hss.db")}).exit_code == 0);
  CHECK(SQLite::Database(folder.file("hss.db")).execAndGet("PRAGMA integrity_check").getString() ==
        "ok");
}

TEST_CASE("what was answered is there after kill -9 in the middle of work") {
  TempFolder folder;
  std::set<std::string> acknowledged;
  {
    Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
    const int port = hss.port();
    std::mutex mutex;
    std::atomic<int> answers = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        httplib::Client client("127.0.0.1", port);
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);
        for (;;) {
          const auto answer =
              client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
          if (!answer || answer->status != 201) return;
          const std::lock_guard lock(mutex);
          acknowledged.insert(Json::parse(answer->body)["booking_id"]);
          ++answers;
        }
      });
    }
    while (answers < 200) std::this_thread::yield();
    hss.end(SIGKILL);
    for (auto& thread : threads) thread.join();
  }
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  httplib::Client client("127.0.0.1", hss.port());
  for (const std::string& id : acknowledged) {
    CHECK(client.Get("/api/v1/bookings/" + id)->status == 200);
  }
  CHECK(hss.end(SIGTERM).exit_code == 0);
  CHECK(run(folder, {"audit", "verify", "--db", folder.file("hss.db")}).exit_code == 0);
  SQLite::Database database(folder.file("hss.db"));
  const int bookings =
      database
          .execAndGet(
              "SELECT count(*) FROM bookings WHERE seq <= (SELECT seq FROM bookings_taken_in)")
          .getInt();
  CHECK(bookings >= 128);
  CHECK(database.execAndGet("SELECT sum(bookings) FROM week_totals").getInt() == bookings);
  CHECK(database.execAndGet("SELECT sum(count) FROM duration_totals").getInt() == bookings);
  CHECK(database.execAndGet("SELECT sum(count) FROM item_totals").getInt() == 2 * bookings);
}

TEST_CASE("hss demo passes its own audit checklist, and a server that is none does not") {
  TempFolder folder;
  TempFolder other;
  Process demo(folder, {"demo", "--port", "0"});
  const std::string port = std::to_string(demo.port());
  const Outcome good = run(other, {"check", "http://127.0.0.1:" + port});
  CHECK(good.exit_code == 0);
  CHECK(good.out.find("31 passed, 0 failed") != good.out.npos);
  demo.end(SIGTERM);
  const Outcome none = run(other, {"check", "http://127.0.0.1:" + port});
  CHECK(none.exit_code == 1);
  CHECK(none.out.find("0 passed, 31 failed") != none.out.npos);
}

TEST_CASE(
    "hss check leaves every place of a demo as free as it was, and books no season elsewhere") {
  TempFolder folder;
  TempFolder other;
  Process demo(folder, {"demo", "--port", "0"});
  httplib::Client client("127.0.0.1", demo.port());
  const auto slots = [&] {
    Json days = Json::array();
    for (const char* query : {"kind=pickup", "kind=return", "from=2030-12-01&to=2030-12-01"}) {
      days.push_back(Json::parse(client.Get(std::string("/api/v1/slots?") + query)->body)["days"]);
    }
    return days;
  };
  const Json before = slots();
  const std::string url = "http://127.0.0.1:" + std::to_string(demo.port());
  CHECK(run(other, {"check", url}).exit_code == 0);
  CHECK(slots() == before);

  TempFolder business;
  Process accounts(business,
                   {"--db", business.file("hss.db"), "--port", "0", "--auth", "accounts"});
  const Outcome outcome =
      run(other, {"check", "http://127.0.0.1:" + std::to_string(accounts.port())});
  CHECK(outcome.out.find("the slots of the next weeks are listed: not tried, as this is no demo") !=
        outcome.out.npos);
  CHECK(outcome.out.find("FAILED  a booking takes a free place: not tried") != outcome.out.npos);
}

TEST_CASE("a start that cannot succeed says one sentence, fails, and changes nothing") {
  TempFolder folder;
  write_file(folder.file("letter.txt"), "Dear Thandi, " + std::string(500, 'x'));
  SQLite::Database(folder.file("new.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE t (c); PRAGMA application_id = 0x48535331; PRAGMA user_version = 999");
  struct Row {
    std::vector<std::string> words;
    const char* sentence;
  };
  const std::vector<Row> rows{
      {{"--db", folder.file("letter.txt")}, "is not a database"},
      {{"--db", folder.file("new.db")}, "newer HSS"},
      {{"--db", folder.file("letter.txt/sub/hss.db")}, "cannot be made"},
      {{"--db", "/proc/hss/hss.db"}, "cannot be made"},
      {{"--db", "/proc/hss.db"}, "cannot be opened"},
      {{"demo", "--host", "0.0.0.0"}, "--auth demo"},
      {{"demo", "--auth", "accounts"}, "the demo has no accounts"},
      {{"--host", "192.0.2.1", "--auth", "demo", "--db", ":memory:", "--port", "0"},
       "choose an address"},
      {{"--port", "70000"}, "--port"},
      {{"--log-format", "xml"}, "--log-format"},
      {{"--kiosk-lock-after", "1"}, "--kiosk-lock-after"},
      {{"user", "list", "--db", folder.file("none.db")}, "There is no file"},
      {{"user", "add", "a@b.co.za", "--name", "A", "--role", "captain"}, "--role"},
      {{"user"}, "subcommand"},
      {{"key", "rotate", "--db", folder.file("none.db")}, "There is no file"},
      {{"fly"}, "fly"},
      {{"backup", folder.file("copy.db"), "--db", folder.file("none.db")}, "There is no file"},
      {{"audit", "verify", "--db", folder.file("letter.txt")}, "is not a database"},
      {{"check", "not an address"}, "is not an address"},
  };
  const std::string letter = read_file(folder.file("letter.txt"));
  const std::string newer = read_file(folder.file("new.db"));
  for (const Row& row : rows) {
    INFO(row.words.back());
    TempFolder output;
    const Outcome outcome = run(output, row.words);
    INFO(outcome.error);
    CHECK(outcome.exit_code > 0);
    CHECK(outcome.error.find(row.sentence) != outcome.error.npos);
    CHECK(outcome.error.find("hss: ") != outcome.error.npos);
  }
  CHECK(read_file(folder.file("letter.txt")) == letter);
  CHECK(read_file(folder.file("new.db")) == newer);
  CHECK_FALSE(std::filesystem::exists(folder.file("copy.db")));
}

TEST_CASE("a taken port is told by the executable") {
  TempFolder folder;
  TempFolder other;
  Process first(folder, {"--db", ":memory:", "--port", "0"});
  const std::string port = std::to_string(first.port());
  const Outcome outcome = run(other, {"--db", ":memory:", "--port", port});
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.error.find("Port " + port + " on 127.0.0.1 is taken") != outcome.error.npos);
  CHECK(lines_of(outcome.error) == 1);
}

TEST_CASE("hss backup copies a database that is being served") {
  TempFolder folder;
  TempFolder other;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  httplib::Client("127.0.0.1", hss.port())
      .Post("/api/v1/bookings", booking_body().dump(), "application/json");
  const Outcome outcome =
      run(other, {"backup", other.file("copy.db"), "--db", folder.file("hss.db")});
  CHECK(outcome.exit_code == 0);
  CHECK(SQLite::Database(other.file("copy.db"))
            .execAndGet("SELECT count(*) FROM bookings")
            .getInt() == 1);
}

TEST_CASE("hss backup says which webhooks have to be added again after a restore") {
  TempFolder folder;
  TempFolder other;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0", "--allow-private-webhooks"});
  httplib::Client client("127.0.0.1", hss.port());
  const auto back_up = [&](const std::string& name) {
    return run(other, {"backup", other.file(name), "--db", folder.file("hss.db")}).out;
  };
  CHECK(back_up("none.db").find("webhook") == std::string::npos);
  for (const char* said : {"1 webhook is left out", "2 webhooks are left out"}) {
    const auto added = client.Post("/api/v1/admin/webhooks", {{"X-HSS-Role", "admin"}},
                                   R"({"url":"http://127.0.0.1:1/"})", "application/json");
    REQUIRE(added);
    REQUIRE(added->status == 201);
    CHECK(back_up(std::string(said).substr(0, 1) + ".db").find(said) != std::string::npos);
  }
}

TEST_CASE("flags win over environment variables") {
  TempFolder folder;
  TempFolder other;
  ::setenv("HSS_PORT", "99999", 1);
  CHECK(run(other, {"--db", ":memory:"}).exit_code != 0);
  ::setenv("HSS_PORT", "1", 1);
  Process hss(folder, {"--db", ":memory:", "--port", "0"});
  CHECK(hss.port() > 1);
  ::unsetenv("HSS_PORT");
}

TEST_CASE("the flag --help shows the variable beside the flag, --version the version") {
  TempFolder folder;
  const Outcome help = run(folder, {"--help"});
  CHECK(help.exit_code == 0);
  for (const char* word :
       {"HSS_PORT", "HSS_HOST", "HSS_DB", "HSS_LOG_FORMAT", "demo", "backup", "audit", "check"}) {
    INFO(word);
    CHECK(help.out.find(word) != help.out.npos);
  }
  CHECK(run(folder, {"--version"}).out.starts_with("hss "));
}
