#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/site/backups.h"
#include "config/config.h"
#include "domain/clock.h"
#include "metrics/text.h"
#include "storage/store.h"

namespace hss::app {

/// Backs up a running server's database regularly into `<name>-<time>.db` in a folder, and touches
/// nothing else there. Reports a backup that fails and tries again.
class BackupSchedule final : public api::Backups {
 public:
  using Report = std::function<void(const std::string&)>;

  /// Throws Error{unavailable} if the folder is not writable. Counts the newest backup that is
  /// there: the next one is due `every` after it.
  /// `uploads`: the folder with the photos, which are backed up, too; empty: there is none.
  BackupSchedule(storage::Store& store, std::string db, std::string uploads, BackupPlan plan,
                 domain::Clock now, Report report);
  /// Aborts the backup under way, which leaves nothing behind.
  ~BackupSchedule() override;
  BackupSchedule(const BackupSchedule&) = delete;
  BackupSchedule& operator=(const BackupSchedule&) = delete;

  Status status() const override;
  std::uint64_t changes() const override { return changes_; }
  void describe(metrics::Text& text) const;

 private:
  std::vector<std::string> list() const;
  std::chrono::seconds until_due() const;
  void finish_newest() const;
  void run(const std::stop_token& stop);
  bool make_one(const std::stop_token& stop);
  void remove_old() const;
  void note(std::optional<domain::Instant> made, const std::string& problem);

  storage::Store& store_;
  const std::string db_, uploads_;
  const BackupPlan plan_;
  const std::string name_;  ///< name of the database, which begins each file's name
  const domain::Clock now_;
  const Report report_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  Status status_;
  std::uint64_t failures_ = 0;
  std::atomic<std::uint64_t> changes_ = 0;
  std::jthread thread_;
};

}  // namespace hss::app
