#include "metrics/text.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

using namespace hss::metrics;

TEST_CASE("figures are told as Prometheus reads them") {
  Text text;
  text.family("hss_requests_total", Text::Kind::counter, "Requests that were answered.");
  text.sample({{"route", "/health"}, {"status", "200"}}, 12);
  text.sample({{"route", "say \"a\\b\"\n"}}, 0.5);
  CHECK(text.text() ==
        "# HELP hss_requests_total Requests that were answered.\n"
        "# TYPE hss_requests_total counter\n"
        "hss_requests_total{route=\"/health\",status=\"200\"} 12\n"
        "hss_requests_total{route=\"say \\\"a\\\\b\\\"\\n\"} 0.5\n");
}

TEST_CASE("a histogram's buckets add up, and its times are told in seconds") {
  static constexpr std::array<std::uint64_t, 2> bounds{100, 2'500'000};
  Histogram times(bounds);
  for (const std::uint64_t time : {100u, 101u, 2'500'000u, 9'000'000u}) times.note(time);
  Text text;
  text.family("hss_wait_seconds", Text::Kind::histogram, "Waits.");
  text.sample({{"route", "/"}}, times, Text::Values::microseconds_told_as_seconds);
  CHECK(text.text() ==
        "# HELP hss_wait_seconds Waits.\n"
        "# TYPE hss_wait_seconds histogram\n"
        "hss_wait_seconds_bucket{route=\"/\",le=\"0.0001\"} 1\n"
        "hss_wait_seconds_bucket{route=\"/\",le=\"2.5\"} 3\n"
        "hss_wait_seconds_bucket{route=\"/\",le=\"+Inf\"} 4\n"
        "hss_wait_seconds_sum{route=\"/\"} 11.500201\n"
        "hss_wait_seconds_count{route=\"/\"} 4\n");
}
