#include <sys/statfs.h>

#include <linux/magic.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bench/growth.h"
#include "bench/interruption.h"
#include "bench/server/server_growth.h"
#include "bench/server/server_throughput.h"
#include "bench/throughput.h"
#include "commands/commands.h"
#include "config/version.h"

namespace hss::commands {
namespace {

namespace fs = std::filesystem;

/// Removes its folder with everything in it.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& in) {
    path_ = (fs::path(in) / "hss-bench-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) {
      throw std::runtime_error("no folder can be made in " + in +
                               "; name one on the disk to measure");
    }
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool is_memory(const std::string& folder) {
  struct statfs system {};
  return ::statfs(folder.c_str(), &system) == 0 && system.f_type == TMPFS_MAGIC;
}

void measure_on_server(const Config& config, const std::string& folder, bench::Report& report) {
  const BenchWords& words = config.bench;
  bench::prepare_server(*config.server, *config.server_admin);
  std::cout << "On " << config.server->text() << ", where this bench leaves its bookings.\n";
  if (words.growth > 0) {
    bench::measure_server_growth(*config.server, *config.server_admin, folder, words.growth,
                                 report);
    return;
  }
  bench::measure_server({.server = *config.server,
                         .owner = *config.server_admin,
                         .folder = folder,
                         .time = std::chrono::milliseconds(words.milliseconds),
                         .rounds = words.rounds,
                         .connections = words.connections.empty() ? 64 : words.connections.front(),
                         .instances = words.instances,
                         .networks_ms = words.networks_ms},
                        report);
}

std::vector<std::size_t> connections_of(const BenchWords& words) {
  return words.connections.empty() ? std::vector<std::size_t>{1, 8, 64, 512} : words.connections;
}

}  // namespace

int bench(const Config& config) {
  bench::note_interruptions();
  const TemporaryFolder folder(config.bench.folder);
  if (is_memory(folder.path())) {
    std::cout << config.bench.folder
              << " is in memory: nothing here waits for a disk, so name a folder on one\n";
  }
  bench::Report report;
  report.json["version"] = version;
  if (config.bench.on_server) {
    measure_on_server(config, folder.path(), report);
  } else if (config.bench.growth > 0) {
    bench::measure_growth(folder.path(), config.bench.growth, report);
  } else {
    bench::measure_throughput({.folder = folder.path(),
                               .time = std::chrono::milliseconds(config.bench.milliseconds),
                               .rounds = config.bench.rounds,
                               .connections = connections_of(config.bench)},
                              report);
  }
  if (config.bench.json_file.empty()) return 0;
  std::ofstream file(config.bench.json_file);
  file << report.json.dump(2) << "\n";
  file.close();
  if (!file) throw std::runtime_error(config.bench.json_file + " cannot be written");
  return 0;
}

}  // namespace hss::commands
