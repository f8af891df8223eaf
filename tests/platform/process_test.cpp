#include "platform/process.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <thread>

#include "platform/stop_request.h"
#include "support.h"

using namespace hss::platform;
using namespace hss::test;

TEST_CASE("a process knows itself") {
  CHECK(std::filesystem::exists(executable_path()));
  CHECK(process_id() > 0);
  CHECK(memory_limit() > 1024 * 1024);
  const ProcessUsage before = process_usage();
  CHECK(before.resident_bytes > 1024 * 1024);
  while (process_usage().cpu_seconds <= before.cpu_seconds) {
    // Each round uses some.
  }
}

TEST_CASE("a program that is not there is not started") {
  CHECK_FALSE(start_detached({"hss-no-such-program"}));
}

TEST_CASE("a request to stop ends the wait, before it and during it") {
  // In a thread of its own, as the signals that a program waits for are blocked in its threads.
  std::thread([] {
    StopRequest early;
    early.request();
    early.wait();
  }).join();
  std::thread([] {
    StopRequest late;
    std::thread asking([&late] { late.request(); });
    late.wait();
    asking.join();
  }).join();
}

TEST_CASE("work that nobody asked to stop is not stopped") {
  std::thread([] {
    const StopOnRequest stop;
    CHECK_FALSE(stop.token().stop_requested());
  }).join();
}
