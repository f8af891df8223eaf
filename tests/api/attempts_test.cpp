#include "api/attempts.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/error.h"
#include "support.h"

using namespace hss::test;
using namespace std::chrono_literals;
using hss::api::AttemptLimit;
using hss::api::Attempts;
using hss::api::network_of;
using hss::domain::Error;

namespace {

const AttemptLimit limit{.burst = 3, .interval = 10s};

/// When to come back; none where the try was let through.
std::optional<std::chrono::seconds> wait_after(Attempts& attempts, const std::string& name) {
  try {
    attempts.count(name, limit);
    return std::nullopt;
  } catch (const Error& error) {
    CHECK(error.code() == hss::domain::ErrorCode::rate_limited);
    return error.retry_after();
  }
}

}  // namespace

TEST_CASE("a burst is let through, then one try each interval, and the wait is told") {
  TestClock clock;
  Attempts attempts(clock.clock());
  for (int i = 0; i < 3; ++i) CHECK_FALSE(wait_after(attempts, "a").has_value());
  CHECK(wait_after(attempts, "a") == 10s);
  CHECK_FALSE(wait_after(attempts, "b").has_value());
  clock.advance(4s);
  // What was refused does not count.
  CHECK(wait_after(attempts, "a") == 6s);
  clock.advance(6s);
  CHECK_FALSE(wait_after(attempts, "a").has_value());
  CHECK(wait_after(attempts, "a") == 10s);
  clock.advance(1h);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(wait_after(attempts, "a").has_value());
  CHECK(wait_after(attempts, "a").has_value());
}

TEST_CASE("a try that was right does not count") {
  TestClock clock;
  Attempts attempts(clock.clock());
  for (int i = 0; i < 100; ++i) {
    CHECK_FALSE(wait_after(attempts, "a").has_value());
    attempts.forgive("a", limit);
  }
}

TEST_CASE("an attacker with ever new names makes no counter but the oldest go") {
  TestClock clock;
  Attempts attempts(clock.clock(), 100);
  for (int i = 0; i < 3; ++i) wait_after(attempts, "watched");
  for (int i = 0; i < 10'000; ++i) {
    wait_after(attempts, "name " + std::to_string(i));
    if (i % 50 == 0) CHECK(wait_after(attempts, "watched").has_value());
  }
  CHECK(attempts.size() == 100);
}

TEST_CASE("tries are counted by the address, of IPv6 by the network that one customer has") {
  CHECK(network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1"));
  CHECK(network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1"));
  CHECK(network_of("192.0.2.1") != network_of("192.0.2.2"));
  CHECK(network_of("::ffff:192.0.2.1") != network_of("::ffff:192.0.2.2"));
  CHECK(network_of("::1") != network_of("192.0.2.1"));
}
