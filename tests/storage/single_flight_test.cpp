#include "storage/single_flight.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

using hss::storage::SingleFlight;

TEST_CASE("of those that come at once, two never run, and each hears of a run") {
  SingleFlight<int> flight;
  std::atomic<int> running = 0;
  std::atomic<int> max = 0;
  std::atomic<int> runs = 0;
  std::atomic<int> deaf = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        const int before = runs;
        const std::optional<int> heard = flight.run([&] {
          if (++running > max) max = 1 + (running > 1 ? 1 : 0);
          std::this_thread::yield();
          --running;
          return ++runs;
        });
        if (heard && (*heard < before || *heard > runs)) ++deaf;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  CHECK(max == 1);
  CHECK(runs <= 8 * 200);
  CHECK(deaf == 0);
}

TEST_CASE("a run that fails tells so, and the next one is a new one") {
  SingleFlight<int> flight;
  CHECK_THROWS_AS(flight.run([]() -> int { throw std::runtime_error("no"); }), std::runtime_error);
  CHECK(flight.run([] { return 7; }) == 7);
}

TEST_CASE("more than a few that wait are sent away, so that the others keep their threads") {
  SingleFlight<int> flight;
  std::promise<void> go;
  const auto gone = go.get_future().share();
  std::atomic<int> answered = 0;
  std::atomic<int> sent_away = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 20; ++i) {
    callers.emplace_back([&] {
      const auto heard = flight.run([&] {
        gone.wait();
        return 7;
      });
      if (heard) {
        ++answered;
      } else {
        ++sent_away;
      }
    });
  }
  // All callers but those that wait for the run have returned.
  while (sent_away < 20 - SingleFlight<int>::max_callers) std::this_thread::yield();
  CHECK(answered == 0);
  go.set_value();
  for (auto& caller : callers) caller.join();
  CHECK(answered == SingleFlight<int>::max_callers);
}
