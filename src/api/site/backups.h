#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "domain/clock.h"

namespace hss::api {

/// The automatic backups of a server. Thread-safe.
class Backups {
 public:
  struct Status {
    std::chrono::seconds every{0};
    std::optional<domain::Instant> last;  ///< the newest one; none if there is none yet
    std::string
        problem;  ///< the reason why the last try failed, as a sentence; empty if it succeeded
  };

  virtual ~Backups() = default;
  virtual Status status() const = 0;
  /// Grows with every change of the status.
  virtual std::uint64_t changes() const = 0;
};

}  // namespace hss::api
