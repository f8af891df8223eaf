#include "bench/report.h"

#include <sys/utsname.h>

#include <cstdio>
#include <thread>

namespace hss::bench {

using nlohmann::ordered_json;

Report::Report() {
  utsname system{};
  ::uname(&system);
  json = {{"processors", std::thread::hardware_concurrency()},
          {"system", std::string(system.sysname) + " " + system.release + " " + system.machine},
          {"rows", ordered_json::array()}};
}

void Report::begin_table() {
  std::printf("%-36s %5s %10s %8s %8s %9s %8s  %s\n", "", "conns", "a second", "p50 ms", "p99 ms",
              "p99.9 ms", "CPU us", "of bare");
}

void Report::add(const Row& row) {
  const Load& load = row.load;
  std::printf("%-36s %5zu %10.0f", row.name.c_str(), row.connections, load.per_second());
  if (load.p50_ms > 0) {
    std::printf(" %8.2f %8.2f %9.2f %8.1f", load.p50_ms, load.p99_ms, load.p999_ms, row.cpu_us);
  }
  if (!row.baseline.empty()) std::printf("  %.2f of %s", row.ratio, row.baseline.c_str());
  if (load.unexpected > 0) std::printf("  %zu UNEXPECTED ANSWERS", load.unexpected);
  std::printf("\n");
  std::fflush(stdout);
  ordered_json entry{
      {"name", row.name},      {"connections", row.connections}, {"per_second", load.per_second()},
      {"p50_ms", load.p50_ms}, {"p99_ms", load.p99_ms},          {"p99_9_ms", load.p999_ms},
      {"cpu_us", row.cpu_us},  {"unexpected", load.unexpected}};
  if (!row.baseline.empty()) {
    entry["baseline"] = row.baseline;
    entry["ratio"] = row.ratio;
  }
  json["rows"].push_back(std::move(entry));
}

void Report::add(const std::string& key, double value, const std::string& sentence) {
  std::printf("%s\n", sentence.c_str());
  std::fflush(stdout);
  json[key] = value;
}

}  // namespace hss::bench
