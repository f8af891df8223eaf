// Responses stream through the whole program and a real socket.
#include "transport/http/streams.h"

#include "transport/http/server_fixture.h"

using namespace hss;
using namespace hss::test;
using namespace std::chrono_literals;

namespace {

/// A client of an event stream, which reads when it is asked to.
class StreamClient {
 public:
  explicit StreamClient(int port, const std::string& request = request_of("GET", "/api/v1/events"),
                        int receive_buffer = 0)
      : socket_(connect_to(port, receive_buffer)) {
    REQUIRE(send_all(socket_, request));
  }
  ~StreamClient() { platform::close(socket_); }
  StreamClient(const StreamClient&) = delete;
  StreamClient& operator=(const StreamClient&) = delete;

  /// Returns true once the text has come `times` times.
  bool hears(const std::string& part, std::size_t times = 1) {
    std::size_t found = 0;
    for (std::size_t from = 0;;) {
      const auto at = text.find(part, from);
      if (at != text.npos) {
        if (++found == times) return true;
        from = at + part.size();
        continue;
      }
      from = std::max(from, text.size() - std::min(text.size(), part.size()));
      if (!more()) return false;
    }
  }
  /// Reads on until the server ends the stream; returns false if it does not.
  bool is_ended() {
    while (more()) continue;
    return is_ended_;
  }
  std::size_t count(const std::string& part) const {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
  }

  std::string text;

 private:
  bool more() {
    char buffer[16 * 1024];
    const platform::Transfer part = receive_some(socket_, buffer, sizeof buffer);
    is_ended_ = part.state == platform::Transfer::State::ended;
    text.append(buffer, part.size);
    return part.size > 0;
  }

  platform::SocketHandle socket_;
  bool is_ended_ = false;
};

using StreamClients = std::vector<std::unique_ptr<StreamClient>>;

StreamClients open_streams(int port, int count) {
  StreamClients clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<StreamClient>(port));
  for (auto& client : clients) REQUIRE(client->hears("retry: "));
  return clients;
}

void book(const httplib::Client& of, int times) {
  httplib::Client client(of.host(), of.port());
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  const std::string body = booking_body().dump();
  for (int i = 0; i < times; ++i) {
    const auto made = client.Post("/api/v1/bookings", body, "application/json");
    if (!made || made->status != 201) throw std::runtime_error("no booking");
  }
}

}  // namespace

TEST_CASE("an answer that goes on has a head of its own, and is its connection's last") {
  Server server;
  StreamClient client(server.port);
  REQUIRE(client.hears("retry: "));
  const std::string head = client.text.substr(0, client.text.find("\r\n\r\n"));
  CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(head.find("Content-Type: text/event-stream") != head.npos);
  CHECK(head.find("Connection: close") != head.npos);
  CHECK(head.find("Content-Length") == head.npos);
  CHECK(head.find("X-Request-Id") != head.npos);
  book(server.client(), 1);
  CHECK(client.hears("event: booking_submitted\ndata: {"));
  CHECK(server.wait_for_log(2).front().path == "/api/v1/events");
}

TEST_CASE("HEAD gets the head of a stream alone, and HTTP/1.0 the stream") {
  Server server;
  StreamClient head(server.port, request_of("HEAD", "/api/v1/events"));
  CHECK(head.is_ended());
  CHECK(head.text.find("text/event-stream") != head.text.npos);
  CHECK(head.text.ends_with("\r\n\r\n"));
  CHECK(head.text.find("Content-Length") == head.text.npos);
  StreamClient old(server.port, "GET /api/v1/events?last_event_id=0 HTTP/1.0\r\nHost: h\r\n\r\n");
  CHECK(old.hears("retry: "));
  book(server.client(), 1);
  CHECK(old.hears("event: booking_submitted"));
}

TEST_CASE("two hundred streams each hear every event once, in order, while many book") {
  Server server({.connections = {.workers = 8}});
  StreamClients clients = open_streams(server.port, 200);
  constexpr int bookers = 4, bookings = 50;
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int i = 0; i < bookers; ++i) {
    threads.emplace_back([&] {
      try {
        book(server.client(), bookings);
      } catch (const std::exception&) {
        ++failures;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(server.client()
            .Post("/api/v1/notifications", R"({"message":"The end"})", "application/json")
            ->status == 202);
  for (auto& client : clients) {
    REQUIRE(client->hears("event: notification"));
    std::string expected_ids, ids;
    for (int id = 1; id <= bookers * bookings; ++id) expected_ids += std::to_string(id) + " ";
    for (auto at = client->text.find("\nevent: booking_submitted"); at != std::string::npos;
         at = client->text.find("\nevent: booking_submitted", at + 1)) {
      const auto from = client->text.rfind("id: ", at) + 4;
      ids += client->text.substr(from, at - from) + " ";
    }
    CHECK(ids == expected_ids);
  }
}

TEST_CASE("a client that does not read its stream is dropped, and costs the others nothing") {
  Server server({.connections = {.streams = {.max_waiting = 16 * 1024}}});
  StreamClient slow(server.port, request_of("GET", "/api/v1/events"), 4096);
  StreamClient prompt(server.port);
  REQUIRE(slow.hears("retry: "));
  REQUIRE(prompt.hears("retry: "));
  constexpr int bookings = 1'000;
  for (int made = 0; made < bookings; made += 20) {
    book(server.client(), 20);
    REQUIRE(prompt.hears("event: booking_submitted", static_cast<std::size_t>(made + 20)));
  }
  CHECK(slow.is_ended());
  CHECK(slow.count("event: booking_submitted") < bookings);
  CHECK(prompt.count("event: booking_submitted") == bookings);
}

TEST_CASE(
    "clients that leave little unread each are dropped where it is too much of all together") {
  Server server(
      {.connections = {.streams = {.max_waiting = 1024 * 1024, .max_waiting_in_all = 16 * 1024}}});
  StreamClient slow(server.port, request_of("GET", "/api/v1/events"), 4096);
  StreamClient slower(server.port, request_of("GET", "/api/v1/events"), 4096);
  StreamClient prompt(server.port);
  REQUIRE(slow.hears("retry: "));
  REQUIRE(slower.hears("retry: "));
  REQUIRE(prompt.hears("retry: "));
  // This is more than the system buffers for each client, and less than that plus the unread bytes
  // that each may leave.
  const std::string message = Json{{"message", std::string(1'000, 'm')}}.dump();
  httplib::Client client = server.client();
  const httplib::Headers as_staff{{"X-HSS-Role", "staff"}};
  std::size_t sent = 0;
  while (prompt.text.size() < 1'350'000) {
    const auto answer = client.Post("/api/v1/notifications", as_staff, message, "application/json");
    REQUIRE(answer->status == 202);
    // A client without unread bytes is not dropped, so it reads before there is more.
    REQUIRE(prompt.hears("event: notification", ++sent));
  }
  CHECK(slow.is_ended());
  CHECK(slower.is_ended());
  CHECK(prompt.count("event: notification") == sent);
}

TEST_CASE("a client that takes nothing for a while is dropped, however little waits for it") {
  Server server({.connections = {.max_connections = 1,
                                 .streams = {.max_waiting = 128 * 1024, .write_timeout = 200ms}}});
  book(server.client(), 1'000);
  std::unique_ptr<StreamClient> slow;
  do {
    slow = std::make_unique<StreamClient>(
        server.port, request_of("GET", "/api/v1/events?last_event_id=0"), 4096);
  } while (!slow->hears("retry: "));
  // Until then there is no room for another client.
  for (bool is_let_in = false; !is_let_in;) is_let_in = StreamClient(server.port).hears("retry: ");
  CHECK(slow->is_ended());
  CHECK(slow->count("event: booking_submitted") < 1'000);
}

TEST_CASE("streams count as connections, until their clients have gone") {
  Server server({.connections = {.max_connections = 3}});
  StreamClients clients = open_streams(server.port, 3);
  StreamClient rejected(server.port);
  CHECK_FALSE(rejected.hears("retry: "));
  clients.pop_back();
  for (bool is_let_in = false; !is_let_in;) is_let_in = StreamClient(server.port).hears("retry: ");
  CHECK(clients.front()->hears("retry: "));
}

TEST_CASE("a listener that talks on and on is dropped") {
  Server server;
  RawClient client(server.port);
  client.send(request_of("GET", "/api/v1/events"));
  CHECK(status_of(client.receive()) == 200);
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += request_of("GET", "/api/v1/catalog");
  client.send(many);
  while (!client.is_closed()) client.receive();
  CHECK(server.client().Get("/health")->status == 200);
}

TEST_CASE("a server with streams stops at once, and they end") {
  Server server;
  StreamClients clients = open_streams(server.port, 50);
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  // This measures no speed: the alternative is to wait for clients that never leave.
  CHECK(std::chrono::steady_clock::now() - start < 10s);
  for (auto& client : clients) CHECK(client->is_ended());
}
