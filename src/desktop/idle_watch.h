#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "desktop/clock.h"

namespace hss::desktop {

/// Knows when nobody has used the program for so long that it may end. Thread-safe.
class IdleWatch {
 public:
  /// `limit` 0: it never ends by itself.
  IdleWatch(SteadyClock now, std::chrono::seconds limit);

  /// Notes a request from that address. Once another machine has called, the program does not end:
  /// a kiosk may be silent for a night.
  void note_request(const std::string& remote_address);
  /// Notes that a client listens, or that an event has still to be delivered.
  void note_work();

  /// The time until the program may end, unless something is noted before; empty: it never may.
  std::optional<std::chrono::steady_clock::duration> time_left() const;

 private:
  const SteadyClock now_;
  const std::chrono::seconds limit_;
  mutable std::mutex mutex_;
  std::chrono::steady_clock::time_point last_use_;
  bool has_other_machines_ = false;
};

}  // namespace hss::desktop
