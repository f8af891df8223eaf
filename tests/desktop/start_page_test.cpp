// Who may ask the start page's routes. The attackers are a page of another site in the same
// browser, a name that was bound to this machine, and another machine.
#include "desktop/start_page.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "desktop/running_instance.h"
#include "desktop/steady_test_clock.h"
#include "domain/error.h"
#include "log/log.h"
#include "support.h"

using namespace hss;
using namespace hss::test;
using domain::Error;
using domain::ErrorCode;

namespace {

class Page {
 public:
  Page()
      : tokens_(clock_.clock(), seeded_random()),
        business_(config(folder_), log_, {}, [](const transport::Access&) {}),
        page_({.secret = secret, .problem = "", .log_file = ""}, tokens_, business_,
              [this] { ++stops; }) {}

  std::string new_token() { return tokens_.redeem(tokens_.make_code()).value(); }
  std::string new_code() { return tokens_.make_code(); }

  /// Of a browser on this machine, whose page is this server's own.
  static api::Request request(const std::string& method, const std::string& path,
                              const std::string& token = "", const std::string& body = "") {
    api::Request request;
    request.method = method;
    request.target = "/api/v1/desktop" + path;
    request.body = body;
    request.client_address = "127.0.0.1";
    request.headers = {{"Host", "127.0.0.1:8082"}};
    if (!token.empty()) request.headers.emplace_back("X-HSS-Desktop", token);
    api::parse_target(request);
    return request;
  }

  /// The answer's JSON; its status in `status`.
  nlohmann::json ask(const api::Request& request) {
    const auto response = page_.answer(request);
    REQUIRE(response);
    status = response->status;
    return nlohmann::json::parse(response->body);
  }
  std::optional<ErrorCode> find_error(const api::Request& request) {
    try {
      page_.answer(request);
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }
  bool answers(const api::Request& request) const { return page_.answer(request).has_value(); }

  static constexpr const char* secret = "secret-of-the-instance-file";
  int stops = 0;
  int status = 0;

 private:
  static Config config(const TempFolder& folder) {
    Config config;
    config.command = Config::Command::desktop;
    config.auth = Config::Auth::accounts;
    config.port = 0;
    config.db = folder.file("hss.db");
    return config;
  }

  TempFolder folder_;
  SteadyTestClock clock_;
  Log log_{LogFormat::json};
  desktop::TabTokens tokens_;
  desktop::Business business_;
  desktop::StartPage page_;
};

}  // namespace

TEST_CASE("the tab that a link opened stops HSS, and no other does") {
  Page page;
  const std::string token = page.new_token();
  page.ask(Page::request("POST", "/stop", token));
  CHECK(page.status == 202);
  CHECK(page.stops == 1);
  for (const std::string& other : {std::string(), std::string("x"), std::string(Page::secret),
                                   token.substr(1), token + "x", page.new_code()}) {
    CHECK(page.find_error(Page::request("POST", "/stop", other)) == ErrorCode::unauthorized);
  }
  CHECK(page.stops == 1);
}

TEST_CASE("no route of the start page answers without its credential") {
  Page page;
  CHECK(page.find_error(Page::request("GET", "")) == ErrorCode::unauthorized);
  CHECK(page.find_error(Page::request("POST", "/business")) == ErrorCode::unauthorized);
  CHECK(page.find_error(Page::request("POST", "/codes")) == ErrorCode::unauthorized);
  CHECK(page.find_error(Page::request("POST", "/codes", page.new_token())) ==
        ErrorCode::unauthorized);
  CHECK(page.find_error(Page::request("POST", "/token", "", R"({"code":"guess"})")) ==
        ErrorCode::unauthorized);
  CHECK(page.find_error(Page::request("POST", "/token")) == ErrorCode::validation_error);
}

TEST_CASE("a page of another origin is refused, even with the tab's token") {
  Page page;
  auto request = Page::request("POST", "/stop", page.new_token());
  const std::string origin = GENERATE("https://evil.example", "http://127.0.0.1:3000",
                                      "http://localhost:8082", "null", "http://127.0.0.1");
  request.headers.emplace_back("Origin", origin);
  CHECK(page.find_error(request) == ErrorCode::forbidden);
  request.headers.back().second = "http://127.0.0.1:8082";
  page.ask(request);
  CHECK(page.stops == 1);
}

TEST_CASE("a name that was bound to this machine is refused, and so is no name") {
  Page page;
  auto request = Page::request("POST", "/stop", page.new_token());
  const std::string host =
      GENERATE("evil.example:8082", "192.168.1.20:8082", "127.0.0.1.evil.example:8082", "");
  request.headers.front().second = host;
  CHECK(page.find_error(request) == ErrorCode::forbidden);
  request.headers.erase(request.headers.begin());
  CHECK(page.find_error(request) == ErrorCode::forbidden);
  CHECK(page.stops == 0);
}

TEST_CASE("another machine is refused, and so is a target that names a host") {
  Page page;
  auto request = Page::request("POST", "/stop", page.new_token());
  const std::string address = GENERATE("192.168.1.20", "::1", "");
  request.client_address = address;
  CHECK(page.find_error(request) == ErrorCode::forbidden);
  auto absolute = Page::request("POST", "/stop", page.new_token());
  absolute.target = "http://evil.example/api/v1/desktop/stop";
  CHECK(page.find_error(absolute) == ErrorCode::forbidden);
  CHECK(page.stops == 0);
}

TEST_CASE("another process proves nothing and learns nothing without the instance file") {
  Page page;
  const std::string nonce(32, 'a');
  const auto answer = page.ask(Page::request("GET", "/proof?nonce=" + nonce));
  CHECK(answer["proof"] == desktop::proof_of(Page::secret, nonce));
  CHECK(answer["proof"] != desktop::proof_of("another", nonce));
  CHECK(page.find_error(Page::request("GET", "/proof")) == ErrorCode::validation_error);
  CHECK(page.find_error(Page::request("GET", "/proof?nonce=short")) == ErrorCode::validation_error);

  const auto code = page.ask(Page::request("POST", "/codes", Page::secret))["code"];
  CHECK(page.status == 201);
  const auto token =
      page.ask(Page::request("POST", "/token", "", nlohmann::json{{"code", code}}.dump()))["token"];
  page.ask(Page::request("GET", "", token.get<std::string>()));
  CHECK(page.status == 200);
}

TEST_CASE("other addresses and methods are left to the server's own routes") {
  const Page page;
  for (const char* path : {"/nothing", "/stop/", "x", "/"}) {
    CHECK_FALSE(page.answers(Page::request("POST", path)));
  }
  CHECK_FALSE(page.answers(Page::request("GET", "/stop")));
  CHECK_FALSE(page.answers(Page::request("DELETE", "")));
}

TEST_CASE("my business begins with the first administrator's link, which this machine alone gets") {
  Page page;
  const std::string token = page.new_token();
  const auto before = page.ask(Page::request("GET", "", token))["business"];
  CHECK(before["state"] == "absent");
  CHECK(before["url"] == "");
  const std::string link = page.ask(Page::request("POST", "/business", token))["url"];
  const auto after = page.ask(Page::request("GET", "", token))["business"];
  CHECK(after["state"] == "running");
  CHECK(after["is_set_up"] == false);
  const std::string url = after["url"];
  CHECK(url.starts_with("http://127.0.0.1:"));
  CHECK(link.starts_with(url + "welcome#"));
  // The earlier link does not count any more once there is a newer one.
  const std::string again = page.ask(Page::request("POST", "/business", token))["url"];
  CHECK(again.starts_with(url + "welcome#"));
  CHECK(again != link);
}
