#include "transport/places.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

#include "transport/connections.h"

using hss::transport::Places;

namespace {

/// A connection of a network of its own, and its client's end.
class Client {
 public:
  explicit Client(hss::transport::Connections& server) {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    end_ = ends[0];
    server.add(std::make_shared<hss::transport::Connection>(
        ends[1], hss::transport::open_plain_channel(ends[1]), 1024));
  }
  ~Client() { ::close(end_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool is_closed() const {
    char byte = 0;
    return ::recv(end_, &byte, 1, MSG_PEEK) == 0;
  }

 private:
  int end_ = -1;
};

}  // namespace

TEST_CASE("one network has so many connections at once, and others have theirs") {
  Places places(2);
  auto first = places.take("192.0.2.1");
  const auto second = places.take("192.0.2.1");
  CHECK(first != nullptr);
  CHECK(second != nullptr);
  CHECK(places.take("192.0.2.1") == nullptr);
  CHECK(places.take("192.0.2.2") != nullptr);
  first.reset();
  CHECK(places.take("192.0.2.1") != nullptr);
}

TEST_CASE("all addresses of one household's IPv6 are one network") {
  Places places(1);
  const auto first = places.take("2001:db8:1:2::1");
  CHECK(places.take("2001:db8:1:2:ffff::9") == nullptr);
  CHECK(places.take("2001:db8:1:3::1") != nullptr);
}

TEST_CASE("this machine has as many connections as it likes, as a proxy on it has everybody's") {
  Places places(1);
  std::vector<std::shared_ptr<void>> taken;
  for (const char* address : {"127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"}) {
    taken.push_back(places.take(address));
    CHECK(taken.back() != nullptr);
  }
}

TEST_CASE("a connection may outlive what counts it") {
  auto places = std::make_unique<Places>(1);
  auto taken = places->take("192.0.2.1");
  places.reset();
  taken.reset();
}

TEST_CASE("a neighbour who holds all connections of an address keeps nobody behind it out") {
  hss::transport::Connections server(
      [](hss::transport::Connection&, hss::transport::Connection::Input) {
        return hss::transport::Serving{};
      },
      {.workers = 2, .max_connections = 100, .max_per_network = 3});
  const Client first(server), second(server), third(server);
  CHECK_FALSE(first.is_closed());
  const Client student(server);
  CHECK(first.is_closed());
  CHECK_FALSE(second.is_closed());
  CHECK_FALSE(student.is_closed());
  CHECK(server.count() == 3);
  CHECK(server.count_refused() == 0);
}

TEST_CASE("a proxy on another machine has everybody's connections, too") {
  Places places(1, [](const std::string& address) { return address == "10.0.0.5"; });
  const auto first = places.take("10.0.0.5");
  CHECK(places.take("10.0.0.5") != nullptr);
  const auto other = places.take("10.0.0.6");
  CHECK(places.take("10.0.0.6") == nullptr);
}
