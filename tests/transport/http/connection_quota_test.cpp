#include "transport/http/connection_quota.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "platform/system_sockets.h"
#include "transport/http/connections.h"

using hss::transport::ConnectionQuota;

namespace {

/// A channel on which nothing comes, and which tells its end.
class SilentChannel final : public hss::transport::Channel {
 public:
  explicit SilentChannel(std::shared_ptr<std::atomic<bool>> is_closed)
      : is_closed_(std::move(is_closed)) {}
  ~SilentChannel() override { *is_closed_ = true; }

  bool is_open() const override { return true; }
  bool holds_input() const override { return false; }
  Result receive(char*, std::size_t) override { return {.state = State::needs_input}; }
  Result send(const char*, std::size_t size) override {
    return {.state = State::moved, .size = size};
  }
  void finish_sending() override {}

 private:
  const std::shared_ptr<std::atomic<bool>> is_closed_;
};

/// A client from another machine, as a socket without another side has no address of this one.
class Client {
 public:
  explicit Client(hss::transport::Connections& server) {
    const auto socket = hss::platform::open_socket(AF_INET, SOCK_DGRAM, 0);
    REQUIRE(socket != hss::platform::no_socket);
    server.add(std::make_shared<hss::transport::Connection>(
        socket, std::make_unique<SilentChannel>(is_closed_), 1024));
  }

  bool is_closed() const { return *is_closed_; }

 private:
  const std::shared_ptr<std::atomic<bool>> is_closed_ = std::make_shared<std::atomic<bool>>(false);
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
