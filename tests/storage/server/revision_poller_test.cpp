#include "storage/server/revision_poller.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <thread>

#include "storage/server/own_revisions.h"

using hss::storage::OwnRevisions;
using hss::storage::RevisionPoller;

namespace {

/// A revision that the test sets, and what a poller of it did.
class Polled {
 public:
  std::atomic<std::uint64_t> revision = 1;
  std::atomic<bool> is_away = false;
  std::atomic<int> reads = 0, heard = 0;
  OwnRevisions own;
  RevisionPoller poller{[this]() -> std::uint64_t {
                          ++reads;
                          if (is_away) throw std::runtime_error("away");
                          return revision;
                        },
                        [this](std::uint64_t number) { return own.contains(number); },
                        [this] { ++heard; },
                        {.interval = std::chrono::milliseconds(1),
                         .interval_of_failures = std::chrono::milliseconds(1)}};

  /// Returns when a reading that began after this call was dealt with.
  void wait_for_reading() const {
    const int enough = reads + 2;
    while (reads < enough) std::this_thread::yield();
  }
};

}  // namespace

TEST_CASE("listeners hear of another instance's change once, and of their own instance's never") {
  Polled polled;
  const RevisionPoller::Listener listener(polled.poller);
  polled.wait_for_reading();
  CHECK(polled.heard == 0);
  polled.revision = 2;
  polled.wait_for_reading();
  polled.wait_for_reading();
  CHECK(polled.heard == 1);
  polled.own.add(3);
  polled.revision = 3;
  polled.wait_for_reading();
  polled.wait_for_reading();
  CHECK(polled.heard == 1);
}

TEST_CASE("nothing is read while nobody listens, and a new listener hears of no earlier change") {
  Polled polled;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(polled.reads == 0);
  auto listener = std::make_unique<RevisionPoller::Listener>(polled.poller);
  polled.wait_for_reading();
  listener.reset();
  polled.revision = 2;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const int reads = polled.reads;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(polled.reads == reads);
  listener = std::make_unique<RevisionPoller::Listener>(polled.poller);
  polled.wait_for_reading();
  CHECK(polled.heard == 0);
}

TEST_CASE("listeners are called once when a server that was away is back") {
  Polled polled;
  polled.own.add(1);
  const RevisionPoller::Listener listener(polled.poller);
  polled.is_away = true;
  polled.wait_for_reading();
  polled.wait_for_reading();
  CHECK(polled.heard == 0);
  polled.is_away = false;
  polled.wait_for_reading();
  polled.wait_for_reading();
  CHECK(polled.heard == 1);
}

TEST_CASE("an instance knows its own last revisions, and forgets older ones") {
  OwnRevisions own;
  for (std::uint64_t revision = 1; revision <= 16; ++revision) own.add(revision);
  CHECK(own.contains(1));
  CHECK(own.contains(16));
  own.add(17);
  CHECK_FALSE(own.contains(1));
  CHECK(own.contains(17));
}
