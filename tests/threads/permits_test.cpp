#include "threads/permits.h"

#include <catch2/catch_test_macros.hpp>
#include <future>
#include <utility>
#include <vector>

using hss::threads::Permits;

TEST_CASE("there are so many permits, and those given back can be taken again") {
  Permits permits(2);
  auto first = permits.try_take();
  auto second = permits.take();
  CHECK(first);
  CHECK(second);
  CHECK_FALSE(permits.try_take());
  first.reset();
  const auto third = permits.try_take();
  CHECK(third);
  CHECK_FALSE(permits.try_take());
}

TEST_CASE("a permit that is moved is given back once") {
  Permits permits(1);
  {
    auto permit = permits.take();
    const auto moved = std::move(permit);
    permit.reset();
    CHECK_FALSE(permits.try_take());
  }
  const auto again = permits.try_take();
  CHECK(again);
  CHECK_FALSE(permits.try_take());
}

TEST_CASE("who waits for a permit gets it when one is given back") {
  Permits permits(1);
  auto permit = permits.take();
  std::vector<std::future<void>> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(std::async(std::launch::async, [&] { permits.take(); }));
  }
  permit.reset();
  for (auto& one : waiting) one.get();
  CHECK(permits.try_take());
}
