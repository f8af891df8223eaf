// `hss check` against servers that fail early.
#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>

#include "commands/process.h"
#include "outgoing/broken_server.h"
#include "support.h"

using namespace hss::test;

TEST_CASE("hss check says so once and soon where a server takes connections and never answers") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  TempFolder folder;
  const auto start = std::chrono::steady_clock::now();
  const Outcome outcome = run(folder, {"check", silent.url()});
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(15));
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.out.find("FAILED  the server is healthy: " + silent.url() +
                         " took the connection and gave no answer in 5 s") != outcome.out.npos);
  CHECK(outcome.out.find("not tried, as the server did not answer") != outcome.out.npos);
  CHECK(outcome.out.find("0 passed, 31 failed") != outcome.out.npos);
}

TEST_CASE("hss check waits no longer for a server that answers a byte at a time") {
  BrokenServer slow([](BrokenServer&, auto connection) {
    BrokenServer::receive(connection);
    BrokenServer::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (BrokenServer::say(connection, " ")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  TempFolder folder;
  const auto start = std::chrono::steady_clock::now();
  CHECK(run(folder, {"check", slow.url()}).exit_code == 1);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(15));
}

TEST_CASE("hss check walks below the path of its address") {
  httplib::Server proxy;
  proxy.Get("/hss/health", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(R"({"status":"ok"})", "application/json");
  });
  const int port = proxy.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { proxy.listen_after_bind(); });
  proxy.wait_until_ready();
  TempFolder folder;
  const std::string url = "http://127.0.0.1:" + std::to_string(port);
  const Outcome below = run(folder, {"check", url + GENERATE("/hss", "/hss/")});
  CHECK(below.out.find("ok      the server is healthy") != below.out.npos);
  const Outcome beside = run(folder, {"check", url});
  CHECK(beside.out.find("FAILED  the server is healthy") != beside.out.npos);
  proxy.stop();
  serving.join();
}

TEST_CASE("hss check takes the address of a server and nothing else") {
  TempFolder folder;
  for (const char* none : {"127.0.0.1:8081", "ftp://127.0.0.1/", "http://", "http://a b/",
                           "http://user@127.0.0.1/", "http://127.0.0.1:99999/"}) {
    INFO(none);
    const Outcome outcome = run(folder, {"check", none});
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.error.find("is not an address; write http://127.0.0.1:8081") !=
          outcome.error.npos);
  }
  for (const char* more : {"http://127.0.0.1:1/?a=b", "http://127.0.0.1:1/#board"}) {
    CHECK(run(folder, {"check", more}).error.find("has more than the address of a server") !=
          std::string::npos);
  }
}
