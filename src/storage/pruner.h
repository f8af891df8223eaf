#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "domain/clock.h"
#include "domain/store.h"

namespace hss::storage {

struct PrunerOptions {
  /// The pause between two runs, and the longest that an expired row stays.
  std::chrono::milliseconds interval{20'000};
  /// Rows of a kind in one transaction, for which other writers wait.
  int batch = 100;
  std::chrono::milliseconds between_batches{5};
};

/// Deletes expired rows, also when nothing else is written: all of them at the start, then as they
/// expire. Each transaction deletes a few rows, so that no write waits long. Thread-safe.
class Pruner {
 public:
  /// `store` outlives it.
  Pruner(domain::Store& store, domain::Clock now, PrunerOptions options = {});
  /// Returns after the transaction that is under way.
  ~Pruner();
  Pruner(const Pruner&) = delete;
  Pruner& operator=(const Pruner&) = delete;

 private:
  void run();
  bool prune();
  void sleep(std::chrono::milliseconds time);

  domain::Store& store_;
  const domain::Clock now_;
  const PrunerOptions options_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hss::storage
