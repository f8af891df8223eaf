#include "events/retry_after.h"

#include <catch2/catch_test_macros.hpp>

#include "support.h"

using namespace std::chrono_literals;
using hss::events::parse_retry_after;

TEST_CASE("Retry-After is read in seconds and in each form of a date") {
  const auto now = hss::test::TestClock::start;  // Sunday, 2026-11-22 08:00
  const auto wait = [&](const char* header) { return parse_retry_after(header, now); };
  CHECK(wait("0") == 0s);
  CHECK(wait("120") == 120s);
  CHECK(wait("Sun, 22 Nov 2026 08:02:00 GMT") == 120s);
  CHECK(wait("Sunday, 22-Nov-26 08:02:00 GMT") == 120s);
  CHECK(wait("Sun Nov 22 08:02:00 2026") == 120s);
  CHECK(wait("Sun Nov  1 08:02:00 2026") == 0s);
  CHECK(wait("Sun, 22 Nov 2026 07:59:59 GMT") == 0s);
  // A far future date must not overflow.
  CHECK(wait("99999999999999999999999") == wait("999999999999"));
  CHECK(wait("Fri, 31 Dec 9999 23:59:59 GMT") == wait("999999999999"));
  for (const char* nothing : {"", "-5", "1.5", "soon", "120 s", "Sun, 22 Nov 2026 08:02:00 CET",
                              "Sun, 22 Nov 2026 08:02:00 GMT and more", "2026-11-22T08:02:00Z"}) {
    INFO(nothing);
    CHECK(wait(nothing) == 0s);
  }
}
