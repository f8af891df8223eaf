#include "desktop/tab_tokens.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "desktop/steady_test_clock.h"
#include "support.h"

using namespace hss::test;
using hss::desktop::TabTokens;
using std::chrono::minutes;

TEST_CASE("the code of a link opens one tab, and no second one") {
  SteadyTestClock clock;
  TabTokens tokens(clock.clock(), seeded_random());
  const std::string code = tokens.make_code();
  CHECK_FALSE(tokens.has_tab());
  CHECK_FALSE(tokens.is_token(code));
  const auto token = tokens.redeem(code);
  REQUIRE(token);
  CHECK(tokens.has_tab());
  CHECK(tokens.is_token(*token));
  CHECK_FALSE(tokens.redeem(code));
  CHECK_FALSE(tokens.redeem(*token));
  CHECK_FALSE(tokens.redeem(""));
  CHECK_FALSE(tokens.is_token(""));
}

TEST_CASE("a link is good for ten minutes, and its tab as long as HSS runs") {
  SteadyTestClock clock;
  TabTokens tokens(clock.clock(), seeded_random());
  const std::string late = tokens.make_code();
  const auto token = tokens.redeem(tokens.make_code());
  clock.advance(minutes(10));
  CHECK_FALSE(tokens.redeem(late));
  clock.advance(minutes(60 * 24));
  CHECK(tokens.is_token(token.value()));
}

TEST_CASE("links that nobody opens take no more room, and the newest stay good") {
  SteadyTestClock clock;
  TabTokens tokens(clock.clock(), seeded_random());
  std::vector<std::string> codes;
  for (std::size_t i = 0; i <= TabTokens::max_kept; ++i) codes.push_back(tokens.make_code());
  CHECK_FALSE(tokens.redeem(codes.front()));
  CHECK(tokens.redeem(codes[1]));
  CHECK(tokens.redeem(codes.back()));
}
