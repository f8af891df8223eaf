#include "storage/single_flight.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

using hss::storage::SingleFlight;

TEST_CASE("of those that come at once, two never run, and each hears of a run") {
  SingleFlight<int> flight;
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::atomic<int> runs = 0;
  std::atomic<int> deaf = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        const int before = runs;
        const int heard = flight.run([&] {
          if (++running > most) most = 1 + (running > 1 ? 1 : 0);
          std::this_thread::yield();
          --running;
          return ++runs;
        });
        if (heard < before || heard > runs) ++deaf;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  CHECK(most == 1);
  CHECK(runs <= 8 * 200);
  CHECK(deaf == 0);
}

TEST_CASE("a run that fails tells so, and the next one is a new one") {
  SingleFlight<int> flight;
  CHECK_THROWS_AS(flight.run([]() -> int { throw std::runtime_error("no"); }), std::runtime_error);
  CHECK(flight.run([] { return 7; }) == 7);
}
