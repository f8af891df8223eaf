// The host names that the server answers to, the origins that may call it, and its base path.
#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "api/api_fixture.h"
#include "commands/process.h"
#include "transport/http/server_fixture.h"

using namespace hss::test;

namespace {

std::vector<std::string> serve(const TempFolder& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"--db", folder.file("hss.db"), "--port", "0"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

int status_for(int port, const std::string& host, const std::string& origin = "") {
  httplib::Headers headers{{"Host", host}};
  if (!origin.empty()) headers.emplace("Origin", origin);
  return httplib::Client("127.0.0.1", port)
      .Post("/api/v1/quotes", headers, R"({"items":[{"type":"bed"}],"duration_months":1})",
            "application/json")
      ->status;
}

}  // namespace

TEST_CASE("the demo on a laptop answers to its addresses and localhost, and to no other name") {
  const TempFolder folder;
  Process hss(folder, serve(folder));
  const int port = hss.port();
  const std::string at = ":" + std::to_string(port);
  CHECK(status_for(port, "localhost" + at) == 200);
  CHECK(status_for(port, "127.0.0.1" + at, "http://127.0.0.1" + at) == 200);
  CHECK(status_for(port, "192.168.1.7" + at) == 200);
  CHECK(status_for(port, "127.0.0.1" + at, "http://localhost:5173") == 200);
  CHECK(status_for(port, "evil.example" + at, "http://evil.example" + at) == 421);
  CHECK(status_for(port, "evil.example") == 421);
  CHECK(status_for(port, "127.0.0.1" + at, "https://evil.example") == 403);
  CHECK(status_for(port, "127.0.0.1" + at, "null") == 403);
  const auto page = httplib::Client("127.0.0.1", port).Get("/", {{"Host", "evil.example"}});
  CHECK(page->status == 421);
  CHECK(page->body.find("--allow-host evil.example") != std::string::npos);

  // HTTP/1.0 requests may omit the host.
  RawClient old(port);
  old.send("GET /health HTTP/1.0\r\n\r\n");
  CHECK(status_of(old.receive()) == 200);
  RawClient whole(port);
  whole.send("GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(status_of(whole.receive()) == 421);
}

TEST_CASE("names and origins that are allowed are let in, on any address") {
  const TempFolder folder;
  Process hss(folder,
              serve(folder, {"--host", "0.0.0.0", "--auth", "demo", "--allow-host",
                             "demo.example, hss", "--allow-origin", "https://shop.example"}));
  const int port = hss.port();
  CHECK(status_for(port, "demo.example") == 200);
  CHECK(status_for(port, "demo.example", "http://demo.example") == 200);
  CHECK(status_for(port, "hss:8081", "https://shop.example") == 200);
  CHECK(status_for(port, "hss:8081", "http://localhost:3000") == 403);
  CHECK(status_for(port, "other.example") == 421);
}

TEST_CASE("neither accounts nor the figures' own address ask for a name") {
  const TempFolder folder;
  Process hss(folder, serve(folder, {"--auth", "accounts", "--metrics-address", "127.0.0.1:0"}));
  const std::string log = hss.wait_for_log("metrics are at http://127.0.0.1:");
  const int port = hss.port();
  CHECK(status_for(port, "hss.example", "https://hss.example") == 200);
  std::smatch match;
  REQUIRE(std::regex_search(log, match, std::regex("http://127.0.0.1:(\\d+)/metrics")));
  httplib::Client figures("127.0.0.1", std::stoi(match[1]));
  CHECK(figures.Get("/metrics", {{"Host", "collector.internal"}})->status == 200);
}

TEST_CASE("a name, an origin or a path that cannot be meant ends the start with a sentence") {
  const TempFolder folder;
  const std::vector<std::vector<std::string>> wrong{{"--allow-host", "http://demo.example"},
                                                    {"--allow-host", "*"},
                                                    {"--allow-origin", "https://shop.example/"},
                                                    {"--allow-origin", "shop.example"},
                                                    {"--base-path", "hss"},
                                                    {"--base-path", "/a/../b"}};
  for (const auto& words : wrong) {
    INFO(words[0] << " " << words[1]);
    const Outcome rejected = run(folder, serve(folder, words));
    CHECK(rejected.exit_code == 2);
    CHECK(rejected.error.find(words[0]) != std::string::npos);
    CHECK(rejected.error.find("write it as") != std::string::npos);
    CHECK(lines_of(rejected.error) == 1);
  }
}

TEST_CASE("with --base-path the links that set a password have it") {
  const TempFolder folder;
  Process hss(folder, serve(folder, {"--auth", "accounts", "--base-path", "/hss"}));
  const std::string out = hss.wait_for_output("welcome#");
  const std::string at = "http://127.0.0.1:" + std::to_string(hss.port()) + "/hss/";
  CHECK(out.find("is at " + at + " ") != std::string::npos);
  std::smatch match;
  REQUIRE(std::regex_search(out, match, std::regex(at + "welcome#([0-9A-Za-z_-]{43})")));
  httplib::Client client("127.0.0.1", hss.port());
  const auto post = [&](const std::string& path, const Json& body, const std::string& token) {
    httplib::Headers headers;
    if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
    const auto answer = client.Post(path, headers, body.dump(), "application/json");
    REQUIRE(answer);
    return Json::parse(answer->body);
  };
  const Json first = post("/hss/api/v1/auth/link",
                          {{"link_token", match[1].str()},
                           {"password", "Zwartkop hibiscus 88"},
                           {"name", "Lerato"},
                           {"email", "lerato@hss.co.za"}},
                          "");
  const std::string token = first["token"];
  const Json made =
      post("/hss/api/v1/admin/accounts",
           {{"name", "Sipho"}, {"email", "sipho@hss.co.za"}, {"role", "staff"}}, token);
  CHECK(made["link"].get<std::string>().starts_with("/hss/welcome#"));
  const Json link = post("/api/v1/admin/accounts/" + made["id"].get<std::string>() + "/link",
                         Json::object(), token);
  CHECK(link["path"].get<std::string>().starts_with("/hss/welcome#"));
  const Outcome by_shell = run(TempFolder(), {"user", "link", "sipho@hss.co.za", "--db",
                                              folder.file("hss.db"), "--base-path", "/hss"});
  CHECK(by_shell.out.find("\n/hss/welcome#") != std::string::npos);
}
