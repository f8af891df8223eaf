#include "transport/places.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

using hss::transport::Places;

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
