#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "domain/store.h"
#include "uploads/uploads.h"

namespace hss::uploads {

struct SweeperOptions {
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds between_batches{20};
  /// Uploads in one transaction, for which other writers wait.
  int batch = 25;
  /// The pause between two looks at the whole folder.
  std::chrono::minutes between_looks{60};
};

/// Erases the files of uploads that nobody has claimed in time, that were deleted, or that have
/// outlived their bookings, and then their rows; also what is in the folder without a row. Counts
/// the files that are missing. Several instances may do so at once: each upload is taken by one of
/// them, and one whose files cannot be erased is tried again. Thread-safe.
class Sweeper {
 public:
  using Report = std::function<void(const std::string&)>;

  /// Both outlive it.
  Sweeper(domain::Store& store, Uploads& uploads, Report report, SweeperOptions options = {});
  /// Returns after the batch that is under way.
  ~Sweeper();
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

 private:
  void run();
  bool wait(std::chrono::milliseconds time);

  domain::Store& store_;
  Uploads& uploads_;
  const Report report_;
  const SweeperOptions options_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool stopping_ = false;
  std::thread thread_;
};

/// Takes one batch of what is due and erases it. Returns true if there may be more. Reports each
/// failure, and throws none of the files.
bool sweep(domain::Store& store, Uploads& uploads, int batch, const Sweeper::Report& report);

/// Erases orphans in the folder, and counts the files that are missing. Nothing if the files are
/// elsewhere.
void look_through_folder(domain::Store& store, Uploads& uploads);

}  // namespace hss::uploads
