// Requests to servers that may be down, slow, broken or not who they claim to be.
#include "outgoing/client.h"

#include <httplib.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <future>

#include "certificate.h"
#include "outgoing/broken_server.h"
#include "outgoing/local_server.h"

using namespace hss::outgoing;
using namespace hss::test;
using namespace std::chrono_literals;

namespace {

Url url_of(const LocalServer& local) {
  return *parse_url(local.url());
}

OutgoingError error_of(const std::string& url, ClientOptions options = {}) {
  Client client(*parse_url(url), std::move(options));
  const OutgoingResult result = client.send({});
  CHECK_FALSE(result.sentence.empty());
  return result.error;
}

}  // namespace

TEST_CASE("an address is taken apart, and one with faults is none") {
  const auto url = parse_url("HTTPS://Hooks.Example.co.za/a%20b?x=1#part");
  REQUIRE(url);
  CHECK(url->is_https);
  CHECK(url->host == "hooks.example.co.za");
  CHECK(url->port == 443);
  CHECK(url->target == "/a%20b?x=1");
  CHECK(url->authority() == "hooks.example.co.za");

  CHECK(parse_url("http://[::1]:8080")->host == "::1");
  CHECK(parse_url("http://[::1]:8080")->authority() == "[::1]:8080");
  CHECK(parse_url("http://a?b")->target == "/?b");
  CHECK(parse_url("http://a:80/")->authority() == "a");
  for (const char* error :
       {"", "ftp://a/", "http://", "http:///path", "http://user@a/", "http://user:word@a/",
        "http://a b/", "http://a/\r\nX: y", "http://a:0/", "http://a:65536/", "http://a:8x/",
        "http://[::1/", "http://[::1]x/", "http://a\\b/", "http://b\xc3\xa9/", "//a/"}) {
    INFO(error);
    CHECK_FALSE(parse_url(error));
  }
}

TEST_CASE("a request arrives as it was meant, and its answer comes back, one connection for all") {
  LocalServer local;
  std::atomic<int> port_of_client = 0;
  local.server.Post("/there", [&](const httplib::Request& request, httplib::Response& response) {
    if (port_of_client == 0) port_of_client = request.remote_port;
    CHECK(request.remote_port == port_of_client);
    CHECK(request.get_header_value("Host") == url_of(local).authority());
    CHECK(request.get_header_value("X-Test") == "yes");
    CHECK(request.get_header_value_count("Content-Type") == 1);
    CHECK(request.body == "{}");
    response.status = 202;
    response.set_header("X-Answer", "well");
    response.set_content("heard", "text/plain");
  });
  local.start();
  Client client(url_of(local));
  for (int i = 0; i < 3; ++i) {
    const auto result =
        client.send({.method = "POST",
                     .target = "/there",
                     .headers = {{"Content-Type", "application/json"}, {"X-Test", "yes"}},
                     .body = "{}"});
    REQUIRE(result.response);
    CHECK(result.response->status == 202);
    CHECK(result.response->body == "heard");
    CHECK(result.response->header("x-answer") == "well");
    CHECK(result.sentence.empty());
  }
}

TEST_CASE("a long body is sent at once, and does not wait to be asked for") {
  LocalServer local;
  local.server.Post("/", [](const httplib::Request& request, httplib::Response& response) {
    CHECK_FALSE(request.has_header("Expect"));
    response.set_content(std::to_string(request.body.size()), "text/plain");
  });
  local.start();
  Client client(url_of(local));
  const auto result = client.send({.method = "POST", .body = std::string(100'000, 'x')});
  REQUIRE(result.response);
  CHECK(result.response->body == "100000");
}

TEST_CASE("a redirect is an answer like any other and is not followed") {
  LocalServer local;
  local.server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    response.set_redirect("/inner");
  });
  local.server.Get("/inner",
                   [](const httplib::Request&, httplib::Response&) { FAIL("it was followed"); });
  local.start();
  Client client(url_of(local));
  const auto result = client.send({});
  REQUIRE(result.response);
  CHECK(result.response->status == 302);
}

TEST_CASE("who is away, broken or silent is told apart, in words for a person") {
  int nobody = 0;
  {
    BrokenServer gone([](BrokenServer&, auto) {});
    nobody = gone.port;
  }
  CHECK(error_of("http://127.0.0.1:" + std::to_string(nobody)) == OutgoingError::no_connection);

  ClientOptions nameless;
  nameless.resolver = [](const std::string&) { return std::vector<std::string>{}; };
  CHECK(error_of("http://nobody.example", nameless) == OutgoingError::unknown_host);

  BrokenServer closing([](BrokenServer&, auto connection) { BrokenServer::receive(connection); });
  CHECK(error_of(closing.url()) == OutgoingError::broken);

  BrokenServer babbling([](BrokenServer&, auto connection) {
    BrokenServer::receive(connection);
    BrokenServer::say(connection, "What do you want?\r\n\r\n");
  });
  CHECK(error_of(babbling.url()) == OutgoingError::broken);

  BrokenServer silent([](BrokenServer& server, auto) { server.hang(); });
  CHECK(error_of(silent.url(), {.connect_timeout = 100ms, .answer_timeout = 100ms}) ==
        OutgoingError::timed_out);
}

TEST_CASE("a byte now and then does not keep a request alive for ever") {
  BrokenServer dripping([](BrokenServer&, auto connection) {
    BrokenServer::receive(connection);
    BrokenServer::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (BrokenServer::say(connection, "x")) std::this_thread::sleep_for(5ms);
  });
  CHECK(error_of(dripping.url(), {.connect_timeout = 200ms, .answer_timeout = 200ms}) ==
        OutgoingError::timed_out);
}

TEST_CASE("a request that must end earlier than its time-outs does, and is not begun too late") {
  std::atomic<int> heard = 0;
  BrokenServer silent([&](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    ++heard;
    server.hang();
  });
  Client client(*parse_url(silent.url()), {.answer_timeout = 60s});
  const auto began = std::chrono::steady_clock::now();
  CHECK(client.send({.deadline = began}).error == OutgoingError::timed_out);
  CHECK(heard == 0);
  CHECK(client.send({.deadline = began + 200ms}).error == OutgoingError::timed_out);
  CHECK(std::chrono::steady_clock::now() - began < 10s);
}

TEST_CASE("an answer that is too large is not taken, whatever size it says it has") {
  for (const char* length : {"Content-Length: 999999999999999", "Content-Length: 2000", "X: y"}) {
    INFO(length);
    BrokenServer large([&](BrokenServer&, auto connection) {
      BrokenServer::receive(connection);
      BrokenServer::say(connection, "HTTP/1.1 200 OK\r\n" + std::string(length) +
                                        "\r\nConnection: close\r\n\r\n" + std::string(2000, 'x'));
    });
    CHECK(error_of(large.url(), {.max_answer = 1000}) == OutgoingError::too_large);
  }
}

TEST_CASE("an answer in pieces is too large once they are, together") {
  BrokenServer large([&](BrokenServer&, auto connection) {
    BrokenServer::receive(connection);
    std::string pieces;
    for (int i = 0; i < 20; ++i) pieces += "64\r\n" + std::string(100, 'x') + "\r\n";
    BrokenServer::say(connection,
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" +
                          pieces + "0\r\n\r\n");
  });
  CHECK(error_of(large.url(), {.max_answer = 1000}) == OutgoingError::too_large);
}

TEST_CASE("stop ends a request to one who says nothing, and later requests at once") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  Client client(*parse_url(silent.url()), {.answer_timeout = 60s});
  auto asked = std::async(std::launch::async, [&] { return client.send({}).error; });
  silent.wait_for_call();
  const auto began = std::chrono::steady_clock::now();
  client.stop();
  CHECK(asked.get() == OutgoingError::stopped);
  CHECK(client.send({}).error == OutgoingError::stopped);
  CHECK(std::chrono::steady_clock::now() - began < 1s);
}

TEST_CASE("stop ends a request whose name nobody answers for") {
  std::promise<void> asked, over;
  auto until = over.get_future().share();
  ClientOptions slow{.connect_timeout = 60s};
  slow.resolver = [&asked, until](const std::string&) {
    asked.set_value();
    until.wait();
    return std::vector<std::string>{};
  };
  Client client(*parse_url("http://slow.example"), slow);
  auto result = std::async(std::launch::async, [&] { return client.send({}).error; });
  asked.get_future().wait();
  client.stop();
  CHECK(result.get() == OutgoingError::stopped);
  over.set_value();
}

TEST_CASE("each address of a host is asked about, and the connection goes to one of them") {
  LocalServer local;
  std::string host;
  local.server.Get("/", [&](const httplib::Request& request, httplib::Response&) {
    host = request.get_header_value("Host");
  });
  local.start();
  Url url = url_of(local);
  url.host = "hooks.example";
  std::vector<std::string> asked;
  ClientOptions options;
  options.resolver = [](const std::string&) {
    return std::vector<std::string>{"127.0.0.2", "127.0.0.1"};
  };
  options.may_connect = [&](const std::string& address) {
    asked.push_back(address);
    return true;
  };
  Client client(url, options);
  const auto result = client.send({});
  REQUIRE(result.response);
  CHECK(asked == std::vector<std::string>{"127.0.0.2", "127.0.0.1"});
  CHECK(host == url.authority());

  options.may_connect = [](const std::string& address) { return address == "127.0.0.1"; };
  Client careful(url, options);
  CHECK(careful.send({}).error == OutgoingError::forbidden_address);
}

TEST_CASE("https is taken from who shows a certificate of the host, and from nobody else") {
  const Certificate certificate, another;
  httplib::SSLServer server(certificate.file().c_str(), certificate.key().c_str());
  server.set_keep_alive_max_count(1);
  server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("safe", "text/plain");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { server.listen_after_bind(); });
  server.wait_until_ready();
  const std::string localhost = "https://localhost:" + std::to_string(port);

  ClientOptions options{.authorities = certificate.file()};
  options.resolver = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  Client client(*parse_url(localhost), options);
  const auto result = client.send({});
  INFO(result.sentence);
  REQUIRE(result.response);
  CHECK(result.response->body == "safe");

  CHECK(error_of("https://other.example:" + std::to_string(port), options) ==
        OutgoingError::untrusted);
  options.authorities = another.file();
  CHECK(error_of(localhost, options) == OutgoingError::untrusted);
  options.authorities = "/nowhere/at/all.pem";
  CHECK(error_of(localhost, options) == OutgoingError::no_authorities);
  server.stop();
  serving.join();
}
