#include "bench/server/server_growth.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "bench/child.h"
#include "bench/filling.h"
#include "bench/growth_subjects.h"
#include "bench/interruption.h"
#include "bench/served.h"
#include "bench/server/instances.h"
#include "storage/open_store.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;
using storage::ServerAddress;

constexpr std::size_t few = 1'000;
constexpr std::size_t many_for_the_server = 100'000;
constexpr std::chrono::seconds for_the_server(120);
constexpr std::int64_t max_left_out = 200;  ///< more than HSS ever leaves out for long

/// From all over the table, which has rows numbered from 1 on.
std::vector<std::string> some_bookings(const ServerAddress& owner, std::size_t bookings) {
  constexpr std::size_t wanted = 500;
  const auto connection =
      storage::connect_to_server(owner, storage::ServerConnection::Purpose::manage);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < wanted; ++i) {
    storage::Query row(*connection, "SELECT id FROM bookings WHERE seq = ?",
                       static_cast<std::int64_t>(1 + i * (bookings - 1) / wanted));
    if (row.step()) ids.push_back(row.text(0));
  }
  return ids;
}

/// The process that made the bookings left those to search for that its index had no time for. The
/// instance goes on with them once it has a booking of its own.
void wait_for_the_search_index(const ServerAddress& owner, int port) {
  ask(port, post("/api/v1/bookings", booking_body()));
  const auto connection =
      storage::connect_to_server(owner, storage::ServerConnection::Purpose::manage);
  for (;;) {
    require_no_interruption();
    storage::Query left(*connection,
                        "SELECT (SELECT max(seq) FROM bookings) - seq FROM bookings_indexed");
    if (left.step() && left.integer(0) <= max_left_out) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

std::vector<Load> measure_all(const GrowthPlace& place) {
  std::vector<Load> loads;
  for (const GrowthSubject& subject : growth_subjects()) {
    const auto next = subject.next_at(place);
    std::vector<Load> rounds;
    std::size_t unexpected = 0;
    for (int round = 0; round < growth_rounds; ++round) {
      rounds.push_back(run_load({place.port}, 1, growth_round_lasts, next));
      unexpected += rounds.back().unexpected;
    }
    loads.push_back(middle_of(rounds));
    loads.back().unexpected = unexpected;
    std::fprintf(stderr, "%s: %.3f ms\n", subject.name.c_str(), loads.back().p50_ms);
  }
  return loads;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void wait_for_the_server() {
  const auto end = Clock::now() + for_the_server;
  while (Clock::now() < end) {
    require_no_interruption();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

/// The times with few bookings, and those of each later stage.
struct Grown {
  std::size_t bookings = 0;
  std::vector<std::vector<Load>> stages;
};

void report_all(const Grown& grown, Report& report) {
  const std::string many = "of " + std::to_string(grown.bookings);
  const bool waited = grown.stages.size() > 2;
  std::printf("%-36s %12s %12s %8s", "median, ms, one at a time", "of 1,000", many.c_str(),
              "ratio");
  std::printf(waited ? " %12s %8s\n" : "\n", "2 min later", "ratio");
  const auto subjects = growth_subjects();
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const double few_ms = grown.stages.front()[i].p50_ms;
    nlohmann::ordered_json entry{{"name", subjects[i].name}, {"few_ms", few_ms}};
    std::printf("%-36s %12.3f", subjects[i].name.c_str(), few_ms);
    std::size_t unexpected = grown.stages.front()[i].unexpected;
    for (std::size_t stage = 1; stage < grown.stages.size(); ++stage) {
      const Load& load = grown.stages[stage][i];
      std::printf(" %12.3f %8.2f", load.p50_ms, load.p50_ms / few_ms);
      unexpected += load.unexpected;
      const std::string when = stage == 1 ? "many" : "later";
      entry[when + "_ms"] = load.p50_ms;
      entry[when + "_ratio"] = load.p50_ms / few_ms;
    }
    std::printf("%s\n", unexpected > 0 ? "  UNEXPECTED ANSWERS" : "");
    entry["unexpected"] = unexpected;
    report.json["growth"].push_back(std::move(entry));
  }
}

}  // namespace

void measure_server_growth(const ServerAddress& server, const ServerAddress& owner,
                           const std::string& folder, std::size_t bookings, Report& report) {
  const storage::Place place{.file = "", .server = server};
  Grown grown{.bookings = bookings, .stages = {}};
  const Instances instance(server, 1, folder + "/instances.log");
  const int port = instance.ports().front();
  run_apart([&] { fill(place, {.from = 0, .end = few, .of = bookings}); });
  wait_for_the_search_index(owner, port);
  grown.stages.push_back(measure_all({.port = port, .ids = some_bookings(owner, few)}));
  const auto start = Clock::now();
  run_apart([&] { fill(place, {.from = few, .end = bookings, .of = bookings}); });
  const double seconds = seconds_since(start);
  report.add("fill_seconds", seconds,
             std::to_string(bookings - few) + " more bookings with their history were made in " +
                 std::to_string(static_cast<int>(seconds)) + " s.");
  const auto indexing = Clock::now();
  wait_for_the_search_index(owner, port);
  const double index_seconds = seconds_since(indexing);
  report.add("index_seconds", index_seconds,
             "Their search index was complete " + std::to_string(static_cast<int>(index_seconds)) +
                 " s later.");
  const GrowthPlace large{.port = port, .ids = some_bookings(owner, bookings)};
  grown.stages.push_back(measure_all(large));
  if (bookings >= many_for_the_server) {
    std::fprintf(stderr, "the server has two minutes to look over its tables by itself\n");
    wait_for_the_server();
    grown.stages.push_back(measure_all(large));
  }
  const auto started = Clock::now();
  const Instances another(server, 1, folder + "/instances.log");
  ask(another.ports().front(), get("/health"));
  const double start_ms = seconds_since(started) * 1000;
  report.add(
      "start_ms", start_ms,
      "From the start to the first answer: " + std::to_string(static_cast<int>(start_ms)) + " ms.");
  report_all(grown, report);
}

}  // namespace hss::bench
