#include "auth/rate_limiter.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/error.h"
#include "support.h"

using namespace hss::test;
using namespace std::chrono_literals;
using hss::auth::Attempt;
using hss::auth::network_of;
using hss::auth::RateLimit;
using hss::auth::RateLimiter;
using hss::domain::Error;

namespace {

const RateLimit limit{.burst = 3, .interval = 10s};

Attempt attempt_of(const std::string& name) {
  return {.name = name, .limit = limit};
}
Attempt of_client(const std::string& name) {
  return {.name = name, .limit = limit, .from = Attempt::Name::of_client};
}

/// The time to wait; none if the attempts were accepted.
std::optional<std::chrono::seconds> wait_after(RateLimiter& rate_limiter,
                                               const std::vector<Attempt>& tries) {
  try {
    rate_limiter.count(tries);
    return std::nullopt;
  } catch (const Error& error) {
    CHECK(error.code() == hss::domain::ErrorCode::rate_limited);
    return error.retry_after();
  }
}

std::optional<std::chrono::seconds> wait_after(RateLimiter& rate_limiter, const std::string& name) {
  return wait_after(rate_limiter, std::vector{attempt_of(name)});
}

}  // namespace

TEST_CASE("a burst is let through, then one try each interval, and the wait is told") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock());
  for (int i = 0; i < 3; ++i) CHECK_FALSE(wait_after(rate_limiter, "a").has_value());
  CHECK(wait_after(rate_limiter, "a") == 10s);
  CHECK_FALSE(wait_after(rate_limiter, "b").has_value());
  clock.advance(4s);
  // A rejected attempt does not count.
  CHECK(wait_after(rate_limiter, "a") == 6s);
  clock.advance(6s);
  CHECK_FALSE(wait_after(rate_limiter, "a").has_value());
  CHECK(wait_after(rate_limiter, "a") == 10s);
  clock.advance(1h);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(wait_after(rate_limiter, "a").has_value());
  CHECK(wait_after(rate_limiter, "a").has_value());
}

TEST_CASE("a clock that is set back makes nobody wait for the time between") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock());
  for (int i = 0; i < 3; ++i) wait_after(rate_limiter, "a");
  clock.advance(-24h);
  CHECK(wait_after(rate_limiter, "a") == 10s);
  CHECK(rate_limiter.has_counted(attempt_of("a"), 3));
  clock.advance(10s);
  CHECK_FALSE(wait_after(rate_limiter, "a").has_value());
  clock.advance(30s);
  CHECK_FALSE(rate_limiter.has_counted(attempt_of("a"), 1));
}

TEST_CASE("a try that was right does not count") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock());
  for (int i = 0; i < 100; ++i) {
    CHECK_FALSE(wait_after(rate_limiter, "a").has_value());
    rate_limiter.forgive(std::vector{attempt_of("a")});
  }
}

TEST_CASE("a request is counted everywhere or nowhere") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock());
  for (int i = 0; i < 3; ++i) CHECK_FALSE(wait_after(rate_limiter, "full").has_value());
  for (int i = 0; i < 10; ++i) {
    CHECK(wait_after(rate_limiter, {attempt_of("a"), attempt_of("full"), attempt_of("b")}) == 10s);
  }
  CHECK_FALSE(rate_limiter.has_counted(attempt_of("a"), 1));
  CHECK_FALSE(rate_limiter.has_counted(attempt_of("b"), 1));
  CHECK(rate_limiter.size() == 1);
  CHECK_FALSE(wait_after(rate_limiter, {attempt_of("a"), attempt_of("b")}).has_value());
  CHECK(rate_limiter.has_counted(attempt_of("b"), 1));
  CHECK_FALSE(rate_limiter.has_counted(attempt_of("b"), 2));
}

TEST_CASE("to ask about a name, or to forgive one, makes no counter") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock());
  CHECK_FALSE(rate_limiter.has_counted(attempt_of("a"), 1));
  rate_limiter.forgive(std::vector{attempt_of("b")});
  CHECK(rate_limiter.size() == 0);
}

TEST_CASE("an attacker with ever new names makes no counter go that is in use") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock(), 100);
  for (int i = 0; i < 3; ++i) wait_after(rate_limiter, "address");
  for (int i = 0; i < 3; ++i) wait_after(rate_limiter, {of_client("watched")});
  for (int i = 0; i < 10'000; ++i)
    wait_after(rate_limiter, {of_client("name " + std::to_string(i))});
  CHECK(rate_limiter.size() == 101);
  CHECK(wait_after(rate_limiter, {of_client("watched")}) == 30s - 20s);
  CHECK(wait_after(rate_limiter, "address").has_value());
  // A new name waits for a free counter; names that have one, and new addresses, do not.
  CHECK(wait_after(rate_limiter, {of_client("newcomer")}) == 10s);
  CHECK_FALSE(wait_after(rate_limiter, {of_client("name 7")}).has_value());
  CHECK_FALSE(wait_after(rate_limiter, "another address").has_value());
  clock.advance(10s);
  CHECK_FALSE(wait_after(rate_limiter, {of_client("newcomer")}).has_value());
  CHECK(rate_limiter.size() == 102);
}

TEST_CASE("tries are counted by the address, of IPv6 by the network that one customer has") {
  CHECK(network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1"));
  CHECK(network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1"));
  CHECK(network_of("192.0.2.1") != network_of("192.0.2.2"));
  CHECK(network_of("::ffff:192.0.2.1") != network_of("::ffff:192.0.2.2"));
  CHECK(network_of("::1") != network_of("192.0.2.1"));
  // All link-local addresses have the same first half.
  CHECK(network_of("fe80::600d") != network_of("fe80::bad"));
}

TEST_CASE("of several instances each takes its share of a limit, and at least one attempt") {
  TestClock clock;
  RateLimiter rate_limiter(clock.clock(), RateLimiter::max_counters, 3);
  const auto count = [&](const Attempt& attempt) {
    try {
      rate_limiter.count(attempt);
      return true;
    } catch (const hss::domain::Error&) {
      return false;
    }
  };
  const Attempt five{.name = "five", .limit = {.burst = 5, .interval = std::chrono::seconds(60)}};
  CHECK(count(five));
  CHECK_FALSE(rate_limiter.has_counted(five, five.limit.burst));
  CHECK(count(five));
  CHECK(rate_limiter.has_counted(five, five.limit.burst));
  CHECK_FALSE(count(five));
  clock.advance(std::chrono::seconds(179));
  CHECK_FALSE(count(five));
  clock.advance(std::chrono::seconds(1));
  CHECK(count(five));
  rate_limiter.forgive({&five, 1});
  CHECK(count(five));
  const Attempt one{.name = "one", .limit = {.burst = 1, .interval = std::chrono::seconds(1)}};
  CHECK(count(one));
  CHECK_FALSE(count(one));
}
