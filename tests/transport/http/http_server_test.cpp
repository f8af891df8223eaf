// HTTP itself, through a real socket.
#include "transport/http/server_fixture.h"

#include <atomic>
#include <cerrno>
#include <future>
#include <nlohmann/json.hpp>

#include "domain/error.h"

using namespace hss;
using namespace hss::test;
using namespace std::chrono_literals;

TEST_CASE("a booking is made and read through a socket, on one connection") {
  Server server;
  auto client = server.client();
  const auto made = client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
  REQUIRE(made);
  CHECK(made->status == 201);
  const auto read = client.Get(made->get_header_value("Location"));
  REQUIRE(read);
  CHECK(read->status == 200);
  CHECK(Json::parse(read->body)["customer_name"] == "Thandi Mokoena");
  CHECK(client
            .Patch(made->get_header_value("Location") + "/status", R"({"status":"approved"})",
                   "application/json")
            ->status == 200);
}

TEST_CASE("a refusal keeps the connection, unless HTTP itself was broken") {
  Server server;
  RawClient client(server.port);
  for (const std::string& target :
       {std::string("/api/v1/bookings/none"), std::string("/api/v1/audit"),
        std::string("/nothing.js"), "/" + std::string(9000, 'a')}) {
    client.send(request_of("GET", target));
    CHECK(status_of(client.receive()) >= 400);
  }
  client.send(request_of("GET", "/health", "Connection: close\r\n"));
  const std::string last = client.receive();
  CHECK(status_of(last) == 200);
  CHECK(last.find("Connection: close") != last.npos);
  CHECK(client.is_closed());
}

TEST_CASE("HEAD has the length and no body, 204 and 304 have neither") {
  Server server;
  RawClient client(server.port);
  client.send(request_of("HEAD", "/api/v1/catalog") + request_of("OPTIONS", "/api/v1/catalog") +
              request_of("GET", "/health", "Connection: close\r\n"));
  std::string all;
  for (std::string part = client.receive(); !part.empty(); part = client.receive()) all += part;
  CHECK(all.starts_with("HTTP/1.1 200 "));
  const auto second = all.find("HTTP/1.1 204 ");
  REQUIRE(second != all.npos);
  CHECK(all.substr(0, second).find("Content-Length: ") != all.npos);
  CHECK(all.substr(0, second).ends_with("\r\n\r\n"));
  CHECK(all.substr(second, all.find("\r\n\r\n", second) - second).find("Content-Length") ==
        all.npos);
}

TEST_CASE("pipelined requests are answered in order") {
  Server server;
  RawClient client(server.port);
  const std::string body = booking_body().dump();
  client.send(post_of(body) + request_of("GET", "/api/v1/catalog") + post_of("{}") +
              request_of("GET", "/nothing.js"));
  CHECK(status_of(client.receive()) == 201);
  CHECK(status_of(client.receive()) == 200);
  CHECK(status_of(client.receive()) == 400);
  CHECK(status_of(client.receive()) == 404);
}

TEST_CASE("a header with percent signs came decoded, and so was another's or refused") {
  Server server;
  RawClient client(server.port);
  client.send(request_of("GET", "/api/v1/catalog", "X-Request-Id: \t a%41%0Ab%20%00%\t\r\n"));
  const std::string answer = client.receive();
  CHECK(status_of(answer) == 200);
  CHECK(answer.find("\r\nX-Request-Id: a%41%0Ab%20%00%\r\n") != answer.npos);
}

TEST_CASE("a chunked body is read to its end") {
  Server server;
  RawClient client(server.port);
  const std::string body = booking_body().dump();
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 100) {
    const std::string part = body.substr(at, 100);
    char size[8];
    std::snprintf(size, sizeof size, "%zx", part.size());
    chunks += std::string(size) + ";note=x\r\n" + part + "\r\n";
  }
  client.send(request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                         chunks + "0\r\nTrailer: x\r\n\r\n"));
  CHECK(status_of(client.receive()) == 201);
  client.send(request_of("GET", "/api/v1/catalog"));
  CHECK(status_of(client.receive()) == 200);
}

TEST_CASE(
    "a request that is not plain HTTP is refused in the contract's shape, and the server goes on") {
  Server server;
  const std::string json = "{}";
  for (const std::string& bytes :
       {std::string("nonsense\r\n\r\n"),
        std::string("GET\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("GET /api/v1/catalog HTTP/1.1\r\nHost: h\r\nbroken header\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings",
                   "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", json),
        request_of("POST", "/api/v1/bookings", "Content-Length: 2\r\nContent-Length: 3\r\n", json),
        request_of("POST", "/api/v1/bookings", "Content-Length: 2\r\nContent-Length: 2\r\n", json),
        request_of("POST", "/api/v1/bookings", "Content-Length: -1\r\n", json),
        request_of("POST", "/api/v1/bookings", "Content-Length: 2x\r\n", json),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   "-1\r\n{}\r\n0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   "2\r\n{}xx0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   "zz\r\n{}\r\n0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   " 2\r\n{}\r\n0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   "2;a\nb\r\n{}\r\n0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   "2\r\n{}\r\n0\r\nTrailer: a\nb\r\n\r\n"),
        request_of("GET", "/api/v1/catalog", "Host: another\r\n"),
        std::string("GET /api/v1/catalog HTTP/1.1\r\n\r\n"),
        request_of("GET", "/api/v1/catalog",
                   "X-Request-Id: a\x01"
                   "b\r\n"),
        request_of("POST", "/api/v1/bookings", "Content-Length: %32\r\n", json),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: %63hunked\r\n", "0\r\n\r\n"),
        request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n",
                   std::string(9000, '1')),
        request_of("GET", "/api/v1/catalog", "Folded: a\r\n b\r\n"),
        request_of("GET", "/api/v1/catalog", "Spaced : a\r\n"),
        request_of("GET", "/api/v1/cata\x01log"),
        std::string("GET /api/v1/catalog HTTP/1.1 \r\n\r\n"),
        std::string("GET  /api/v1/catalog HTTP/1.1\r\n\r\n"),
        std::string("G(T /api/v1/catalog HTTP/1.1\r\n\r\n")}) {
    INFO(bytes.substr(0, 100));
    RawClient client(server.port);
    client.send(bytes);
    const std::string answer = client.receive();
    CHECK(status_of(answer) == 400);
    CHECK(is_in_shape(answer));
    CHECK(client.is_closed());
  }
  CHECK(server.client().Get("/health")->status == 200);
}

TEST_CASE("an unknown method is 405 where the path is known") {
  Server server;
  for (const char* method : {"BREW", "TRACE", "PUT", "DELETE", "CONNECT"}) {
    INFO(method);
    RawClient client(server.port);
    client.send(request_of(method, "/api/v1/catalog"));
    const std::string answer = client.receive();
    CHECK(status_of(answer) == 405);
    CHECK(answer.find("Allow: GET, HEAD, OPTIONS") != answer.npos);
    CHECK(is_in_shape(answer));
  }
}

TEST_CASE("a range of an API answer is not cut out of it") {
  Server server;
  for (const char* range : {"bytes=0-3", "bytes=a-b"}) {
    const auto answer = server.client().Get("/api/v1/catalog", {{"Range", range}});
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(Json::parse(answer->body).contains("items"));
  }
}

TEST_CASE("a body that is too large is 413, told to a client that sends on regardless") {
  Server server;
  const std::string body(10 * 1024 * 1024, ' ');
  auto client = server.client();
  const auto answer = client.Post("/api/v1/bookings", body, "application/json");
  REQUIRE(answer);
  CHECK(answer->status == 413);

  RawClient chunked(server.port);
  chunked.send(
      request_of("POST", "/api/v1/bookings", "Transfer-Encoding: chunked\r\n", "ffffff\r\n"));
  CHECK(status_of(chunked.receive()) == 413);

  RawClient asking(server.port);
  asking.send(request_of("POST", "/api/v1/bookings",
                         "Content-Length: 10000000\r\nExpect: 100-continue\r\n"));
  CHECK(status_of(asking.receive()) == 413);

  RawClient allowed(server.port);
  const std::string booking = booking_body().dump();
  allowed.send(request_of(
      "POST", "/api/v1/bookings",
      "Expect: 100-continue\r\nContent-Length: " + std::to_string(booking.size()) + "\r\n"));
  CHECK(status_of(allowed.receive()) == 100);
  allowed.send(booking);
  CHECK(status_of(allowed.receive()) == 201);
}

TEST_CASE("a client of HTTP/1.0 is not told to go on, which it would take for the answer") {
  Server server;
  const std::string booking = booking_body().dump();
  for (const std::string& start : {std::string(), std::string("\r\n")}) {
    RawClient client(server.port);
    client.send(start +
                "POST /api/v1/bookings HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: " +
                std::to_string(booking.size()) + "\r\n\r\n");
    client.send(booking);
    CHECK(status_of(client.receive()) == 201);
  }
}

TEST_CASE("silent connections hold no worker") {
  Server server({.connections = {.workers = 2}});
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 50; ++i) {
    silent.push_back(std::make_unique<RawClient>(server.port));
    if (i % 2 == 0) {
      silent.back()->send(request_of("GET", "/api/v1/catalog"));
      CHECK(status_of(silent.back()->receive()) == 200);
    }
  }
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  for (auto& one : silent) {
    one->send(request_of("GET", "/api/v1/catalog"));
    CHECK(status_of(one->receive()) == 200);
  }
}

TEST_CASE("half-sent requests hold no worker, and go on when the rest comes") {
  Server server({.connections = {.workers = 2}});
  const std::string request = post_of(booking_body().dump());
  std::vector<std::unique_ptr<RawClient>> slow;
  for (std::size_t i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<RawClient>(server.port));
    slow.back()->send(request.substr(0, 1 + i * (request.size() - 2) / 20));
  }
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  for (std::size_t i = 0; i < 20; ++i) {
    slow[i]->send(request.substr(1 + i * (request.size() - 2) / 20));
    CHECK(status_of(slow[i]->receive()) == 201);
  }
}

TEST_CASE(
    "half-sent requests take so much memory together, and whoever has no room is hung up on") {
  Server server({.connections = {.max_buffered = 24 * 1024}});
  const std::string body = booking_body().dump() + std::string(16 * 1024, ' ');
  const std::string request = post_of(body);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port));
    clients.back()->send(request.substr(0, request.size() - 1));
  }
  std::size_t left = clients.size();
  // This is well before the time that a request may take.
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (left > 1 && std::chrono::steady_clock::now() < give_up) {
    std::erase_if(clients, [](const auto& client) { return client->has_ended(); });
    left = clients.size();
  }
  REQUIRE(left == 1);
  clients.front()->send(" ");
  CHECK(status_of(clients.front()->receive()) == 201);
  // The connections of the clients that have gone are free again.
  RawClient next(server.port);
  next.send(request.substr(0, request.size() - 1));
  CHECK_FALSE(next.has_ended());
  next.send(" ");
  CHECK(status_of(next.receive()) == 201);
}

TEST_CASE("a length that is said twice holds no worker") {
  Server server({.connections = {.workers = 1}});
  RawClient silent(server.port);
  silent.send(request_of("POST", "/api/v1/bookings", "Content-Length: 5\r\nContent-Length: 5\r\n"));
  CHECK(status_of(silent.receive()) == 400);
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
}

TEST_CASE("clients that wait for a word before their body hold no worker") {
  Server server({.connections = {.workers = 1}});
  const std::string body = booking_body().dump();
  const std::string head =
      request_of("POST", "/api/v1/bookings",
                 "Content-Length: " + std::to_string(body.size()) + "\r\nExpect: 100-continue\r\n");
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int i = 0; i < 5; ++i) {
    waiting.push_back(std::make_unique<RawClient>(server.port));
    waiting.back()->send(head);
    CHECK(status_of(waiting.back()->receive()) == 100);
  }
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  for (auto& one : waiting) {
    one->send(body);
    CHECK(status_of(one->receive()) == 201);
  }
}

TEST_CASE("clients that do not read their answers stop nobody, and no stop") {
  Server server({.connections = {.cpu_permits = 2}});
  std::string many;
  for (int i = 0; i < 400; ++i) many += request_of("GET", "/api/v1/openapi.json");
  std::vector<std::unique_ptr<RawClient>> deaf;
  for (int i = 0; i < 6; ++i) {
    deaf.push_back(std::make_unique<RawClient>(server.port));
    deaf.back()->send(many);
  }
  for (int i = 0; i < 3; ++i) {
    RawClient client(server.port);
    client.send(request_of("GET", "/health"));
    CHECK(status_of(client.receive()) == 200);
  }
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  // This measures no speed: the alternative is the 30 s of an answer's deadline.
  CHECK(std::chrono::steady_clock::now() - start < 15s);
}

TEST_CASE("clients that ask to go on and send nothing leave workers for the others") {
  Server server({.connections = {.workers = 4, .request_time = 1h}});
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 12; ++i) {
    silent.push_back(std::make_unique<RawClient>(server.port));
    silent.back()->send(
        request_of("POST", "/api/v1/bookings", "Expect: 100-continue\r\nContent-Length: 300\r\n"));
    CHECK(status_of(silent.back()->receive()) == 100);
  }
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
}

TEST_CASE("clients that do not read their answers leave workers for the others") {
  Server server({.connections = {.workers = 4, .request_time = 1h}});
  std::string many;
  for (int i = 0; i < 400; ++i) many += request_of("GET", "/api/v1/openapi.json");
  std::vector<std::unique_ptr<RawClient>> deaf;
  for (int i = 0; i < 12; ++i) {
    deaf.push_back(std::make_unique<RawClient>(server.port));
    deaf.back()->send(many);
  }
  for (int i = 0; i < 12; ++i) {
    RawClient client(server.port);
    client.send(request_of("GET", "/health"));
    CHECK(status_of(client.receive()) == 200);
  }
}

TEST_CASE("a client that sends many requests at once takes turns with the others") {
  Server server({.connections = {.workers = 1, .cpu_permits = 1}});
  RawClient greedy(server.port);
  std::string many;
  for (int i = 0; i < 200; ++i) many += request_of("GET", "/api/v1/catalog");
  greedy.send(many);
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  for (int i = 0; i < 200; ++i) CHECK(status_of(greedy.receive()) == 200);
  const auto log = server.wait_for_log(201);
  CHECK(log.back().path == "/api/v1/catalog");
}

TEST_CASE("chunked requests may be pipelined") {
  Server server;
  RawClient client(server.port);
  const std::string body = R"({"items":[{"type":"bed"}],"duration_months":1})";
  char size[8];
  std::snprintf(size, sizeof size, "%zx", body.size());
  const std::string request = request_of("POST", "/api/v1/quotes", "Transfer-Encoding: chunked\r\n",
                                         std::string(size) + "\r\n" + body + "\r\n0\r\n\r\n");
  client.send(request + request + request_of("GET", "/health") + request);
  for (int i = 0; i < 4; ++i) CHECK(status_of(client.receive()) == 200);
}

TEST_CASE("a chunked body may come byte by byte") {
  Server server({.connections = {.workers = 1}});
  RawClient client(server.port);
  std::string bytes = request_of("POST", "/api/v1/quotes", "Transfer-Encoding: chunked\r\n",
                                 "1e;x=y\r\n{\"items\":[{\"type\":\"bed\"}],\"dur\r\n"
                                 "12\r\nation_months\":  1}\r\n0\r\n\r\n");
  for (const char c : bytes) client.send(std::string(1, c));
  CHECK(status_of(client.receive()) == 200);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
}

TEST_CASE("a head that is too large is told so") {
  Server server;
  for (const std::size_t size : {40'000u, 200'000u}) {
    RawClient client(server.port);
    client.send(request_of("GET", "/health", "X-Long: " + std::string(size, 'a') + "\r\n"));
    const std::string answer = client.receive();
    CHECK(status_of(answer) == 400);
    CHECK(is_in_shape(answer));
  }
}

TEST_CASE("what is no HTTP at all, as TLS is, is refused without waiting for the rest") {
  Server server({.connections = {.request_time = 1h}});
  for (const std::string& bytes : {std::string("\x16\x03\x01\x02", 4), std::string("\0", 1)}) {
    RawClient client(server.port);
    client.send(bytes);
    const std::string answer = client.receive();
    CHECK(status_of(answer) == 400);
    CHECK(is_in_shape(answer));
    CHECK(client.is_closed());
  }
}

TEST_CASE("clients that were refused and stay hold no worker") {
  Server server({.connections = {.workers = 2, .linger_time = 1h}});
  std::vector<std::unique_ptr<RawClient>> rejected;
  for (int i = 0; i < 8; ++i) {
    rejected.push_back(std::make_unique<RawClient>(server.port));
    rejected.back()->send(
        i % 2 == 0 ? std::string(40'000, 'x')
                   : request_of("POST", "/api/v1/bookings", "Content-Length: 99999999\r\n"));
  }
  for (auto& one : rejected) CHECK(status_of(one->receive()) >= 400);
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  // The server reads what they still send, until they end.
  for (auto& one : rejected) {
    one->send(std::string(100'000, 'y'));
    one->end();
    CHECK(one->is_closed());
  }
}

TEST_CASE("a client that was refused and stays is closed after its time") {
  Server server({.connections = {.linger_time = 20ms}});
  RawClient client(server.port);
  client.send(std::string(40'000, 'x'));
  CHECK(status_of(client.receive()) == 400);
  // The server's side ended with the answer; a reset shows that it reads no more.
  while (client.is_taken()) client.send("y");
}

TEST_CASE("a body that ends too early is 400 to a client that still listens") {
  Server server;
  RawClient client(server.port);
  client.send(
      "POST /api/v1/bookings HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: "
      "9\r\n\r\n");
  CHECK(status_of(client.receive()) == 100);
  client.send("{}");
  client.end();
  const std::string answer = client.receive();
  CHECK(status_of(answer) == 400);
  CHECK(is_in_shape(answer));
}

TEST_CASE("a request that is not whole by its deadline is given up") {
  Server server({.connections = {.request_time = 200ms}});
  RawClient client(server.port);
  client.send("POST /api/v1/bookings HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{");
  client.receive();
  CHECK(client.is_closed());
  RawClient silent(server.port);
  silent.send("GET /heal");
  silent.receive();
  CHECK(silent.is_closed());
}

TEST_CASE("a large body has a second more for each 32 KiB of it that have arrived") {
  Server server({.connections = {.request_time = 200ms}});
  RawClient large(server.port), small(server.port);
  const std::string most(64 * 1024, 'x');
  large.send("POST /api/v1/bookings HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n" + most);
  small.send("GET /heal");
  small.receive();
  CHECK(small.is_closed());
  large.send("x");
  CHECK(status_of(large.receive()) == 400);
}

TEST_CASE("how large a body may be is a matter of its route") {
  Server server;
  const auto status = [&](const std::string& method, const std::string& path,
                          std::size_t mebibytes) {
    RawClient client(server.port);
    client.send(request_of(method, path,
                           "Content-Length: " + std::to_string(mebibytes << 20) + "\r\n",
                           std::string(mebibytes << 20, 'x')));
    return status_of(client.receive());
  };
  const std::string file = "/api/v1/uploads/UPL-0000000000/full";
  CHECK(status("PUT", file, 5) == 403);
  CHECK(status("PUT", file, 6) == 413);
  CHECK(status("PUT", "/api/v1/uploads/UPL-0000000000", 2) == 413);
  CHECK(status("POST", "/api/v1/bookings", 2) == 413);
}

TEST_CASE("an idle connection is closed after its time") {
  Server server({.connections = {.idle_time = 100ms}});
  RawClient client(server.port);
  client.send(request_of("GET", "/health"));
  CHECK(status_of(client.receive()) == 200);
  CHECK(client.is_closed());
}

TEST_CASE("the log has one line a request, without the query") {
  Server server;
  server.client().Get("/api/v1/bookings?q=thandi@tuks.co.za", {{"X-Request-Id", "r1"}});
  const auto log = server.wait_for_log(1);
  CHECK(log[0].method == "GET");
  CHECK(log[0].path == "/api/v1/bookings");
  CHECK(log[0].status == 200);
  CHECK(log[0].request_id == "r1");
  CHECK(log[0].remote_address == "127.0.0.1");
}

TEST_CASE("stopping closes idle connections and half-sent requests and is done") {
  Server server;
  RawClient idle(server.port);
  idle.send(request_of("GET", "/health"));
  CHECK(status_of(idle.receive()) == 200);
  // The second request of a connection that the server has already taken.
  RawClient half(server.port);
  half.send(request_of("GET", "/health"));
  CHECK(status_of(half.receive()) == 200);
  half.send("GET /health HTTP/1.1\r\nHo");
  server.stop();
  CHECK(idle.is_closed());
  CHECK(half.is_closed());
}

TEST_CASE("a port that is taken is told as one sentence") {
  Server server;
  try {
    Server second({.port = server.port});
    FAIL("two servers share a port");
  } catch (const domain::Error& error) {
    CHECK(std::string(error.what()).find("is taken") != std::string::npos);
  }
}

TEST_CASE("the server goes on accepting whatever the system says in between") {
  // They concern one connection, the system's files and memory, and bugs.
  using std::errc;
  std::vector<errc> failures{errc::connection_aborted,      errc::too_many_files_open,
                             errc::operation_not_permitted, errc::no_buffer_space,
                             errc::protocol_error,          errc::invalid_argument,
                             errc::not_enough_memory};
  std::atomic<int> reports = 0;
  transport::HttpOptions options;
  options.accept = [&](platform::SocketHandle listening) {
    if (failures.empty()) return platform::accept(listening);
    platform::Opened failed{.error = make_error_code(failures.back())};
    failures.pop_back();
    return failed;
  };
  options.report = [&](const std::string&) { ++reports; };
  Server server(std::move(options));
  CHECK(server.client().Get("/health")->status == 200);
  CHECK(reports == 1);
}

TEST_CASE("who knocks while there are no files left is served once there are") {
  std::atomic<bool> has_files = false;
  std::atomic<int> tries = 0;
  transport::HttpOptions options;
  options.accept = [&](platform::SocketHandle listening) {
    if (has_files) return platform::accept(listening);
    ++tries;
    return platform::Opened{.error = make_error_code(std::errc::too_many_files_open)};
  };
  Server server(std::move(options));
  auto client = server.client();
  auto answer = std::async(std::launch::async, [&] { return client.Get("/health"); });
  while (tries < 3) std::this_thread::yield();
  has_files = true;
  CHECK(answer.get()->status == 200);
}
