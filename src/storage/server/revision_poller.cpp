#include "storage/server/revision_poller.h"

#include <exception>
#include <utility>

namespace hss::storage {

RevisionPoller::RevisionPoller(std::function<std::uint64_t()> read,
                               std::function<bool(std::uint64_t)> is_own,
                               std::function<void()> changed, RevisionPollerOptions options)
    : read_(std::move(read)),
      is_own_(std::move(is_own)),
      changed_(std::move(changed)),
      options_(options),
      thread_([this] { run(); }) {}

RevisionPoller::~RevisionPoller() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  thread_.join();
}

/// The first listener's data are at least as new as the revision that is read here.
void RevisionPoller::add_listener() {
  const std::lock_guard lock(mutex_);
  if (++listeners_ > 1) return;
  last_ = find_revision();
  wakes_.notify_one();
}

void RevisionPoller::remove_listener() {
  const std::lock_guard lock(mutex_);
  --listeners_;
}

std::optional<std::uint64_t> RevisionPoller::find_revision() const {
  try {
    return read_();
  } catch (const std::exception&) {
    // Whoever reads the data reports why they cannot be read.
    return std::nullopt;
  }
}

void RevisionPoller::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wakes_.wait(lock, [this] { return stopping_ || listeners_ > 0; });
    const auto pause = last_ ? options_.interval : options_.interval_of_failures;
    if (wakes_.wait_for(lock, pause, [this] { return stopping_; })) return;
    if (listeners_ == 0) continue;
    lock.unlock();
    const auto revision = find_revision();
    const bool is_own = revision && is_own_(*revision);
    lock.lock();
    const auto before = std::exchange(last_, revision);
    if (!revision || revision == before || (before && is_own)) continue;
    lock.unlock();
    changed_();
    lock.lock();
  }
}

}  // namespace hss::storage
