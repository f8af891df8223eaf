#include "transport/http/connection_quota.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

#include "transport/http/connections.h"

using hss::transport::ConnectionQuota;

namespace {

/// A connection from a separate network, and its client's end.
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
  ConnectionQuota quota(2);
  auto first = quota.take("192.0.2.1");
  const auto second = quota.take("192.0.2.1");
  CHECK(first != nullptr);
  CHECK(second != nullptr);
  CHECK(quota.take("192.0.2.1") == nullptr);
  CHECK(quota.take("192.0.2.2") != nullptr);
  first.reset();
  CHECK(quota.take("192.0.2.1") != nullptr);
}

TEST_CASE("all addresses of one household's IPv6 are one network") {
  ConnectionQuota quota(1);
  const auto first = quota.take("2001:db8:1:2::1");
  CHECK(quota.take("2001:db8:1:2:ffff::9") == nullptr);
  CHECK(quota.take("2001:db8:1:3::1") != nullptr);
}

TEST_CASE("this machine has as many connections as it likes, as a proxy on it has everybody's") {
  ConnectionQuota quota(1);
  std::vector<std::shared_ptr<void>> counts;
  for (const char* address : {"127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"}) {
    counts.push_back(quota.take(address));
    CHECK(counts.back() != nullptr);
  }
}

TEST_CASE("a connection may outlive what counts it") {
  auto quota = std::make_unique<ConnectionQuota>(1);
  auto counts = quota->take("192.0.2.1");
  quota.reset();
  counts.reset();
}

TEST_CASE("a neighbour who holds all connections of an address keeps nobody behind it out") {
  hss::transport::Connections server(
      [](hss::transport::Connection&) { return hss::transport::ServeResult{}; },
      {.workers = 2, .max_connections = 100, .max_per_network = 3});
  const Client first(server), second(server), third(server);
  CHECK_FALSE(first.is_closed());
  const Client student(server);
  CHECK(first.is_closed());
  CHECK_FALSE(second.is_closed());
  CHECK_FALSE(student.is_closed());
  CHECK(server.count() == 3);
  CHECK(server.count_rejected() == 0);
}

TEST_CASE("a proxy on another machine has everybody's connections, too") {
  ConnectionQuota quota(1, [](const std::string& address) { return address == "10.0.0.5"; });
  const auto first = quota.take("10.0.0.5");
  CHECK(quota.take("10.0.0.5") != nullptr);
  const auto other = quota.take("10.0.0.6");
  CHECK(quota.take("10.0.0.6") == nullptr);
}
