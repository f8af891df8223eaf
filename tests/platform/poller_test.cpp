#include "platform/poller.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "socket_pair.h"

using namespace hss::platform;
using hss::test::SocketPair;
using namespace std::chrono_literals;

namespace {

/// The sockets that are ready now.
std::vector<SocketHandle> ready_now(Poller& poller, std::size_t max = 8) {
  std::vector<SocketHandle> ready(max);
  ready.resize(poller.wait(ready, 0ms).count);
  std::sort(ready.begin(), ready.end());
  return ready;
}

/// Waits for one socket; no_socket where there was a wake instead.
SocketHandle next(Poller& poller) {
  std::array<SocketHandle, 1> ready{no_socket};
  poller.wait(ready);
  return ready.front();
}

void take_byte(SocketHandle socket) {
  char byte = 0;
  CHECK(receive(socket, &byte, 1).state == Transfer::State::moved);
}

using Sockets = std::vector<SocketHandle>;

}  // namespace

TEST_CASE("a socket that is watched once is reported once, until it is watched again") {
  Poller poller;
  const SocketPair pair;
  REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::once));
  CHECK(ready_now(poller).empty());
  pair.send("ab");
  CHECK(next(poller) == pair.ours());
  CHECK(ready_now(poller).empty());
  pair.send("c");
  CHECK(ready_now(poller).empty());
  // What has not been read is there at once.
  REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::once));
  CHECK(next(poller) == pair.ours());
}

TEST_CASE("a socket that is watched always is reported as long as it is ready") {
  Poller poller;
  const SocketPair pair;
  REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::always));
  pair.send("a");
  CHECK(next(poller) == pair.ours());
  CHECK(next(poller) == pair.ours());
  take_byte(pair.ours());
  CHECK(ready_now(poller).empty());
}

TEST_CASE("a socket is reported for what it is watched for") {
  Poller poller;
  const SocketPair pair;
  REQUIRE(poller.watch(pair.ours(), Interest::output, Poller::Report::once));
  CHECK(next(poller) == pair.ours());
  REQUIRE(poller.watch(pair.ours(), Interest::input_and_output, Poller::Report::once));
  CHECK(next(poller) == pair.ours());
  CHECK(ready_now(poller).empty());
  // A new watch replaces the old one.
  REQUIRE(poller.watch(pair.ours(), Interest::input_and_output, Poller::Report::always));
  REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::always));
  CHECK(ready_now(poller).empty());
}

TEST_CASE("a socket that was forgotten is reported no more") {
  Poller poller;
  const SocketPair one, other;
  REQUIRE(poller.watch(one.ours(), Interest::input, Poller::Report::always));
  REQUIRE(poller.watch(other.ours(), Interest::input, Poller::Report::always));
  one.send("a");
  other.send("b");
  CHECK(next(poller) != no_socket);
  poller.forget(one.ours());
  CHECK(next(poller) == other.ours());
  poller.forget(other.ours());
  CHECK(ready_now(poller).empty());
}

TEST_CASE("the other side's end is seen, and so is its half of it") {
  Poller poller;
  SocketPair halved, closed;
  REQUIRE(poller.watch(halved.ours(), Interest::input, Poller::Report::once));
  shut_down(halved.theirs(), Direction::send);
  CHECK(next(poller) == halved.ours());
  REQUIRE(poller.watch(closed.ours(), Interest::input, Poller::Report::once));
  closed.close_theirs();
  CHECK(next(poller) == closed.ours());
}

TEST_CASE("no more sockets are reported at once than there is room for, and none is lost") {
  Poller poller;
  const std::array<SocketPair, 3> pairs;
  Sockets all;
  for (const SocketPair& pair : pairs) {
    pair.send("a");
    REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::once));
    all.push_back(pair.ours());
  }
  Sockets seen;
  while (seen.size() < all.size()) seen.push_back(next(poller));
  std::sort(all.begin(), all.end());
  std::sort(seen.begin(), seen.end());
  CHECK(seen == all);
}

TEST_CASE("a socket that is watched while a thread waits is reported to it") {
  Poller poller;
  const SocketPair pair;
  pair.send("a");
  auto found = std::async(std::launch::async, [&] { return next(poller); });
  REQUIRE(poller.watch(pair.ours(), Interest::input, Poller::Report::once));
  CHECK(found.get() == pair.ours());
}

TEST_CASE("a wake that comes before the wait ends it") {
  Poller poller;
  poller.wake();
  CHECK(next(poller) == no_socket);
}

TEST_CASE("a wake ends the wait of one thread, and stop() ends all of them") {
  Poller poller;
  std::mutex mutex;
  std::condition_variable changed;
  int woken = 0, ended = 0;
  const auto wait = [&] {
    std::array<SocketHandle, 1> ready{};
    for (;;) {
      const auto wake = poller.wait(ready);
      const std::lock_guard lock(mutex);
      ++(wake.is_stopped ? ended : woken);
      changed.notify_all();
      if (wake.is_stopped) return;
    }
  };
  constexpr int threads = 4, wakes = 20;
  std::vector<std::thread> waiting;
  for (int i = 0; i < threads; ++i) waiting.emplace_back(wait);
  for (int i = 1; i <= wakes; ++i) {
    poller.wake();
    std::unique_lock lock(mutex);
    CHECK(changed.wait_for(lock, 20s, [&] { return woken >= i; }));
  }
  poller.stop();
  for (std::thread& thread : waiting) thread.join();
  CHECK(woken == wakes);
  CHECK(ended == threads);
  // Also those that come later.
  std::array<SocketHandle, 1> ready{};
  CHECK(poller.wait(ready).is_stopped);
}

TEST_CASE("a wait ends when its time is over") {
  Poller poller;
  std::array<SocketHandle, 1> ready{};
  const auto wake = poller.wait(ready, 1ms);
  CHECK(wake.count == 0);
  CHECK_FALSE(wake.is_stopped);
}
