#include "bench/growth.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <vector>

#include "bench/child.h"
#include "bench/filling.h"
#include "bench/growth_subjects.h"
#include "bench/served.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t few = 1'000;
constexpr int starts = 5;

struct ServedFile {
  std::unique_ptr<Child> server;
  GrowthPlace place;
};

/// Measures the time from starting the program to the first answer, as the median of several
/// starts.
double start_ms(const std::string& folder, const std::string& name) {
  std::vector<double> times;
  for (int i = 0; i < starts; ++i) {
    const auto start = Clock::now();
    const auto server = serve_file(folder, name);
    ask(server->port(), get("/health"));
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

ServedFile serve_filled(const std::string& folder, const std::string& name) {
  constexpr std::size_t max_ids = 500;
  ServedFile served{.server = serve_file(folder, name), .place = {}};
  served.place = {.port = served.server->port(),
                  .ids = some_bookings(folder + "/" + name + ".db", max_ids)};
  return served;
}

void fill_file(const std::string& folder, std::size_t bookings, Report& report) {
  const std::string file = folder + "/many.db";
  const auto start = Clock::now();
  run_apart([&] { fill({.file = file, .server = {}}, {.end = bookings, .of = bookings}); });
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto bytes = std::filesystem::file_size(file);
  report.add("fill_seconds", seconds,
             std::to_string(bookings) + " bookings with their history were made in " +
                 rounded(seconds) + " s; the file has " + std::to_string(bytes / 1'000'000) +
                 " MB.");
}

}  // namespace

void measure_growth(const std::string& folder, std::size_t bookings, Report& report) {
  fill_file(folder, bookings, report);
  run_apart([&] { fill({.file = folder + "/few.db", .server = {}}, {.end = few, .of = few}); });
  const double start = start_ms(folder, "many");
  report.add("start_ms", start, "From the start to the first answer: " + rounded(start) + " ms.");
  const ServedFile small = serve_filled(folder, "few");
  const ServedFile large = serve_filled(folder, "many");
  ask(large.server->port(), get("/health"));
  const double memory = static_cast<double>(large.server->memory());
  report.add("idle_memory_bytes", memory,
             "Idle, it has " + rounded(memory / 1e6) + " MB of memory.");
  std::printf("%-36s %12s %12s %8s\n", "median, ms, one at a time", "of 1,000",
              ("of " + std::to_string(bookings)).c_str(), "ratio");
  std::vector<GrowthSubject> subjects = growth_subjects();
  std::ranges::move(calendar_subjects(), std::back_inserter(subjects));
  for (const GrowthSubject& subject : subjects) {
    const auto next_small = subject.next_at(small.place), next_large = subject.next_at(large.place);
    std::vector<Load> at_small, at_large;
    for (int round = 0; round < growth_rounds; ++round) {
      at_small.push_back(run_load({small.place.port}, 1, growth_round_lasts, next_small));
      at_large.push_back(run_load({large.place.port}, 1, growth_round_lasts, next_large));
    }
    const Load few_load = middle_of(at_small), many_load = middle_of(at_large);
    const double ratio = many_load.p50_ms / few_load.p50_ms;
    const bool is_odd = few_load.unexpected + many_load.unexpected > 0;
    std::printf("%-36s %12.3f %12.3f %8.2f%s\n", subject.name.c_str(), few_load.p50_ms,
                many_load.p50_ms, ratio, is_odd ? "  UNEXPECTED ANSWERS" : "");
    std::fflush(stdout);
    report.json["growth"].push_back({{"name", subject.name},
                                     {"few_ms", few_load.p50_ms},
                                     {"many_ms", many_load.p50_ms},
                                     {"ratio", ratio},
                                     {"unexpected", few_load.unexpected + many_load.unexpected}});
  }
}

}  // namespace hss::bench
