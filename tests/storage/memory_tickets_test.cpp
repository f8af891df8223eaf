#include "storage/memory_tickets.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>

using namespace hss;
using namespace std::chrono_literals;

TEST_CASE("a ticket can be taken once, for half a minute") {
  auto now = storage::MemoryTickets::Clock::now();
  storage::MemoryTickets tickets([&] { return now; });
  const std::string in_time(64, 'a'), late(64, 'b');
  tickets.insert({.hash = in_time, .holder = {.account = "staff"}});
  tickets.insert({.hash = late, .holder = {.account = "staff"}});
  now += domain::ticket_lasts - 1ms;
  CHECK(tickets.take(in_time).has_value());
  CHECK_FALSE(tickets.take(in_time).has_value());
  now += 1ms;
  CHECK_FALSE(tickets.take(late).has_value());
}
