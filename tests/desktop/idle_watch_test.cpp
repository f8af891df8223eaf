#include "desktop/idle_watch.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "desktop/steady_test_clock.h"

using namespace hss::test;
using hss::desktop::IdleWatch;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("HSS may end half an hour after the last request, and no sooner") {
  SteadyTestClock clock;
  IdleWatch idle(clock.clock(), minutes(30));
  CHECK(idle.time_left() == minutes(30));
  clock.advance(minutes(29));
  CHECK(idle.time_left() == minutes(1));
  const std::string here = GENERATE("127.0.0.1", "::1", "::ffff:127.0.0.1");
  idle.note_request(here);
  CHECK(idle.time_left() == minutes(30));
  clock.advance(minutes(31));
  CHECK(idle.time_left() == seconds(0));
}

TEST_CASE("HSS does not end while somebody listens or a delivery waits") {
  SteadyTestClock clock;
  IdleWatch idle(clock.clock(), minutes(30));
  for (int looks = 0; looks < 10; ++looks) {
    clock.advance(minutes(20));
    idle.note_work();
    CHECK(idle.time_left() == minutes(30));
  }
  clock.advance(minutes(30));
  CHECK(idle.time_left() == seconds(0));
}

TEST_CASE("once another machine has called, HSS does not end by itself: a kiosk sleeps at night") {
  SteadyTestClock clock;
  IdleWatch idle(clock.clock(), minutes(30));
  const std::string other = GENERATE("192.168.1.20", "fe80::1", "::ffff:10.0.0.7");
  idle.note_request(other);
  idle.note_request("127.0.0.1");
  clock.advance(minutes(24 * 60));
  CHECK(idle.time_left() == std::nullopt);
}

TEST_CASE("HSS does not end by itself if it is told so") {
  SteadyTestClock clock;
  IdleWatch idle(clock.clock(), seconds(0));
  clock.advance(minutes(24 * 60));
  CHECK(idle.time_left() == std::nullopt);
}
