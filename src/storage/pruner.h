#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "domain/clock.h"
#include "domain/store.h"

namespace hss::storage {

struct PrunerOptions {
  /// Between two looks; what has expired is gone as much later at most.
  std::chrono::milliseconds interval{20'000};
  /// Rows of a kind in one transaction, which other writers wait for.
  int batch = 100;
  std::chrono::milliseconds between_batches{5};
};

/// Deletes what has expired, also where nothing else is written: all of it at the start, then as it
/// comes. Each transaction deletes a few rows, so that no write waits long. Thread-safe.
class Pruner {
 public:
  /// `store` outlives it.
  Pruner(domain::Store& store, domain::Clock now, PrunerOptions options = {});
  /// Ends after the transaction that is under way.
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
