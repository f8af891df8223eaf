#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace hss::storage {

struct RevisionPollerOptions {
  std::chrono::milliseconds interval{100};
  /// While the revision cannot be read.
  std::chrono::milliseconds interval_of_failures{1'000};
};

/// Finds out that another instance has changed the data, by reading their revision again and again
/// in a thread of its own. Reads nothing while nobody listens. Thread-safe.
class RevisionPoller {
 public:
  /// `read` returns the revision, or throws; `is_own` says whether this instance made it.
  /// `changed` is called after each other change, and once it can be read again after failures, as
  /// there may have been one meanwhile. All three are called from any thread.
  RevisionPoller(std::function<std::uint64_t()> read, std::function<bool(std::uint64_t)> is_own,
                 std::function<void()> changed, RevisionPollerOptions options = {});
  ~RevisionPoller();
  RevisionPoller(const RevisionPoller&) = delete;
  RevisionPoller& operator=(const RevisionPoller&) = delete;

  /// Somebody listens while it lives; the poller outlives it.
  class Listener {
   public:
    explicit Listener(RevisionPoller& poller) : poller_(poller) { poller_.add_listener(); }
    ~Listener() { poller_.remove_listener(); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

   private:
    RevisionPoller& poller_;
  };

 private:
  void add_listener();
  void remove_listener();
  void run();
  std::optional<std::uint64_t> find_revision() const;

  const std::function<std::uint64_t()> read_;
  const std::function<bool(std::uint64_t)> is_own_;
  const std::function<void()> changed_;
  const RevisionPollerOptions options_;
  std::mutex mutex_;
  std::condition_variable wakes_;
  int listeners_ = 0;
  bool stopping_ = false;
  std::optional<std::uint64_t> last_;  ///< none: it could not be read
  std::thread thread_;
};

}  // namespace hss::storage
