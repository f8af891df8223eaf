#include "desktop/idle_watch.h"

#include <algorithm>
#include <utility>

#include "config/listen_host.h"

namespace hss::desktop {

IdleWatch::IdleWatch(SteadyClock now, std::chrono::seconds limit)
    : now_(std::move(now)), limit_(limit), last_use_(now_()) {}

void IdleWatch::note_request(const std::string& remote_address) {
  const bool is_here = is_loopback(remote_address);
  const std::lock_guard lock(mutex_);
  last_use_ = now_();
  if (!is_here) has_other_machines_ = true;
}

void IdleWatch::note_work() {
  const std::lock_guard lock(mutex_);
  last_use_ = now_();
}

std::optional<std::chrono::steady_clock::duration> IdleWatch::time_left() const {
  const std::lock_guard lock(mutex_);
  if (limit_.count() == 0 || has_other_machines_) return std::nullopt;
  return std::max<std::chrono::steady_clock::duration>(limit_ - (now_() - last_use_), {});
}

}  // namespace hss::desktop
